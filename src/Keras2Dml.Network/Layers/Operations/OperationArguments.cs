using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Operations;

/// <summary>Arguments of every operation node.</summary>
internal static class OperationArguments
{
    /// <summary>Name, and what a layer is asked for.</summary>
    public static IReadOnlyList<Argument> Common { get; } = [Argument.Text("name", null), Argument.Bool("trainable", true), Argument.Any("dtype")];
}
