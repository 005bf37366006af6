using Keras2Dml.Codegen;
using Keras2Dml.Core.Memory;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Execution;

/// <summary>Values of bindings between Keras's order and DML matrices.</summary>
internal static class ParameterMatrix
{
    /// <summary>A variable or slot in its DML layout; everything else row by row.</summary>
    public static Matrix Of(ScriptBinding binding, Tensor tensor, BufferPool pool, MatrixType type) =>
        StorageOf(binding) is { } storage && tensor.Length == storage.Rows * storage.Columns
            ? MatrixConversion.FromParameter(tensor, storage, pool, type)
            : MatrixConversion.FromBatch(tensor, pool, type);

    /// <summary>A matrix back in Keras's order when it is one of a variable.</summary>
    public static Tensor ToTensor(ScriptBinding binding, Matrix matrix)
    {
        if (StorageOf(binding) is not { } storage || matrix.Length != (long)storage.Rows * storage.Columns)
        {
            return MatrixConversion.ToTensor(matrix, matrix.Rows, matrix.Columns);
        }

        ElementType own = binding.Parameter!.Spec.Type;
        ElementType type = own is ElementType.Float32 or ElementType.Float64 ? matrix.Type == MatrixType.Single ? ElementType.Float32 : ElementType.Float64 : own;
        return MatrixConversion.ToParameter(matrix, binding.Optimizer?.Shape ?? binding.Parameter.Spec.Shape, storage, type);
    }

    // Gradients and the like lie as their variables do.
    private static MatrixStorage? StorageOf(ScriptBinding binding) => binding.Parameter is { } parameter ? binding.Optimizer?.Storage ?? parameter.Spec.Storage : null;
}
