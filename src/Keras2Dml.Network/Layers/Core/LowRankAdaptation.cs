using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Core;

/// <summary>The low-rank adaptation (LoRA) of kernels and tables: the stored matrix is fixed, two factors are trained.</summary>
/// <remarks>Keras merges the product into the matrix when it saves and does not store the factors, so they start as zeros after loading.</remarks>
internal static class LowRankAdaptation
{
    /// <summary>One of the two factors.</summary>
    public static ParameterSpec Factor(string name, int index, int rows, int columns) => new()
    {
        Name = name, Index = index, Shape = [rows, columns], Storage = MatrixStorage.Plain(2, rows, columns), Stored = false,
        Initializer = Zeros,
    };

    /// <summary>lora_alpha / lora_rank; alpha is the rank unless given.</summary>
    public static Operand Scale(KerasObject config, int rank) => Operand.Double((config.OptionalDouble("lora_alpha") ?? rank) / rank);

    private static KerasObject Zeros => new(KerasClasses.Find(ObjectKind.Initializer, "Zeros")!, new Dictionary<string, object?>());
}
