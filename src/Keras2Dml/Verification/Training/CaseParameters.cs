using Keras2Dml.Network.Graph;

namespace Keras2Dml.Verification.Training;

/// <summary>Variables outside a model.</summary>
internal static class CaseParameters
{
    /// <summary>A variable as layers store it: kernels of convolutions by filter, other arrays as matrices by their last axis, vectors as rows.</summary>
    public static ModelParameter Of(string path, IReadOnlyList<int> shape)
    {
        MatrixStorage storage = shape.Count switch
        {
            1 => MatrixStorage.Row(shape[0]),
            4 => new MatrixStorage([3, 2, 0, 1], shape[3], shape[0] * shape[1] * shape[2]),
            _ => MatrixStorage.Plain(shape.Count, shape.Take(shape.Count - 1).Aggregate(1, (a, b) => a * b), shape[^1]),
        };
        return new ModelParameter(new ParameterSpec { Name = path, Index = 0, Shape = shape, Storage = storage }, path);
    }
}
