using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Network.Tests.Layers;

public sealed class ImageAndRecurrentLayerTests
{
    public static TheoryData<string> Cases => [.. GoldenLayerCases.Of(
        "Conv2D", "Conv2DTranspose", "UpSampling2D", "ZeroPadding2D", "MaxPooling2D", "AveragePooling2D", "GlobalMaxPooling2D", "GlobalAveragePooling2D", "SimpleRNN", "LSTM")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void OutputShapesAreThoseOfKeras(string name)
    {
        Layer layer = GoldenLayerCases.Read(name, out TensorSpec input);

        IReadOnlyList<TensorSpec> outputs = layer.Outputs([input]);

        IReadOnlyList<int[]> expected = GoldenLayerCases.OutputShapes(name);
        Assert.Equal(expected.Count, outputs.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            // Sizes that the model leaves open stay open.
            int[] known = [.. outputs[i].Shape.Sizes.ToArray().Zip(expected[i], (ours, keras) => ours == Shape.Unknown ? keras : ours)];
            Assert.Equal(expected[i], known);
            Assert.Equal(expected[i].Length, outputs[i].Shape.Rank);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void VariablesAreThoseOfKeras(string name)
    {
        Layer layer = GoldenLayerCases.Read(name, out TensorSpec input);

        (string Name, int[])[] stored = [.. layer.Parameters([input]).Where(p => p.Stored).Select(p => (p.Name, p.Shape.ToArray()))];

        // A layer before the one under test (Embedding) has its variables first.
        (string Path, int[] Shape)[] expected = [.. GoldenLayerCases.Weights(name).TakeLast(stored.Length)];
        Assert.Equal(expected, stored, (a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BackwardGivesAGradientForTheInputAndEveryTrainableVariable(string name)
    {
        Layer layer = GoldenLayerCases.Read(name, out TensorSpec input);
        if (!input.Shape.IsKnown)
        {
            return;
        }

        var node = new Node { Id = 0, Layer = new LayerUse(layer.Name, layer), Inputs = [], Outputs = layer.Outputs([input]) };
        var functions = Assert.IsType<FunctionPair>(layer.Meaning(new LayerContext(node, [input], node.Outputs, HasMask: false, InitialStates: 0)));

        Assert.Contains(Result.InputGradient(), functions.BackwardResults);
        foreach (ParameterSpec parameter in layer.Parameters([input]).Where(p => p.Trainable))
        {
            Assert.Contains(Result.ParameterGradient(parameter.Name), functions.BackwardResults);
            Assert.Equal(parameter.Shape.Aggregate(1, (a, b) => a * b), parameter.Storage.Rows * parameter.Storage.Columns);
        }

        Assert.Equal(node.Outputs.Count, functions.ForwardResults.OfType<OutputResult>().Count());
    }
}
