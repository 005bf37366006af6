using Keras2Dml.Codegen;
using Keras2Dml.Core.Memory;

namespace Keras2Dml.Execution;

/// <summary>Values of bindings between Keras's order and DML matrices.</summary>
internal static class ParameterMatrix
{
    /// <summary>A variable or slot in its variable's DML layout; everything else row by row.</summary>
    public static Matrix Of(ScriptBinding binding, Tensor tensor, BufferPool pool, MatrixType type) =>
        IsStored(binding, tensor.Length)
            ? MatrixConversion.FromParameter(tensor, binding.Parameter!.Spec.Storage, pool, type)
            : MatrixConversion.FromBatch(tensor, pool, type);

    /// <summary>A matrix back in Keras's order when it is one of a variable.</summary>
    public static Tensor ToTensor(ScriptBinding binding, Matrix matrix)
    {
        if (binding.Parameter is not { } parameter || matrix.Length != (long)parameter.Spec.Storage.Rows * parameter.Spec.Storage.Columns)
        {
            return MatrixConversion.ToTensor(matrix, matrix.Rows, matrix.Columns);
        }

        ElementType type = parameter.Spec.Type is ElementType.Float32 or ElementType.Float64
            ? matrix.Type == MatrixType.Single ? ElementType.Float32 : ElementType.Float64
            : parameter.Spec.Type;
        return MatrixConversion.ToParameter(matrix, parameter.Spec.Shape, parameter.Spec.Storage, type);
    }

    private static bool IsStored(ScriptBinding binding, int length) =>
        binding.Parameter is { } parameter && binding.Role is BindingRole.Parameter or BindingRole.OptimizerSlot && length == parameter.Spec.Storage.Rows * parameter.Spec.Storage.Columns;
}
