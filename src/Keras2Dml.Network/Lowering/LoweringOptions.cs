using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Lowering;

/// <summary>For what a network is lowered.</summary>
internal sealed record LoweringOptions
{
    /// <summary>True for the training behaviour of dropout, batch normalization and the like.</summary>
    public bool Training { get; init; }

    /// <summary>Shapes of the inputs by name where the model leaves sizes open.</summary>
    public IReadOnlyDictionary<string, Shape> InputShapes { get; init; } = new Dictionary<string, Shape>();

    /// <summary>Names that the script uses itself; no layer gets one of them.</summary>
    public IReadOnlySet<string> ReservedNames { get; init; } = new HashSet<string>();

    /// <summary>Names of passes to leave out.</summary>
    public IReadOnlySet<string> DisabledPasses { get; init; } = new HashSet<string>();
}
