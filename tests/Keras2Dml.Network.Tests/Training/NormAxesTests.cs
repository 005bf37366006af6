using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training.Constraints;

namespace Keras2Dml.Network.Tests.Training;

public sealed class NormAxesTests
{
    [Theory]
    [InlineData(new[] { 0 }, "1 5 4 1 1")]
    [InlineData(new[] { 1 }, "5 4 1 1 1")]
    [InlineData(new[] { -1 }, "5 4 1 1 1")]
    [InlineData(new[] { 0, 1 }, "1 20 1 1 1")]
    public void Axes_of_a_matrix(int[] axes, string expected) => Check(axes, [5, 4], MatrixStorage.Plain(2, 5, 4), expected);

    // A kernel (R, S, C, F) lies as F x (C*R*S).
    [Theory]
    [InlineData(new[] { 0, 1, 2 }, "7 30 1 1 1")]
    [InlineData(new[] { 0 }, "35 2 3 1 1")]
    [InlineData(new[] { 1, 2 }, "7 5 2 3 1")]
    [InlineData(new[] { 3 }, "1 7 30 1 1")]
    public void Axes_of_a_convolution_kernel_in_its_DML_layout(int[] axes, string expected) =>
        Check(axes, [2, 3, 5, 7], new MatrixStorage([3, 2, 0, 1], 7, 30), expected);

    private static void Check(int[] axes, int[] shape, MatrixStorage storage, string expected)
    {
        var parameter = new ParameterSpec { Name = "kernel", Index = 0, Shape = shape, Storage = storage };
        Assert.Equal(expected.Split(' '), NormAxes.Constants(axes, parameter).Cast<LiteralOperand>().Select(l => l.Text));
    }
}
