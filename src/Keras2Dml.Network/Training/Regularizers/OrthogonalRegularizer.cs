using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Regularizers;

/// <summary>Mean absolute cosine between the rows (or columns) of a matrix. Keras: keras.regularizers.OrthogonalRegularizer.</summary>
internal static class OrthogonalRegularizer
{
    /// <summary>Declaration and meaning.</summary>
    public static RegularizerDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Regularizer, "OrthogonalRegularizer", ["orthogonal_regularizer"], [Argument.Double("factor", 0.01), Argument.Text("mode", "rows", "rows", "columns")]),
        "regularizers/orthogonal", r => [Operand.Double(r.Double("factor")), Operand.Bool(r.String("mode") == "rows")]);
}
