using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers;

/// <summary>A registered layer: its declaration and its constructor.</summary>
internal sealed record LayerRegistration(KerasClass Class, Func<KerasObject, Layer> Create);

/// <summary>Every layer, one line each; explicit, so that it survives trimming and Native AOT.</summary>
internal static class LayerTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<LayerRegistration> All { get; } =
    [
        Dense.Registration,
    ];
}
