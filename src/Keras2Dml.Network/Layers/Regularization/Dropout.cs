using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Steps;

namespace Keras2Dml.Network.Layers.Regularization;

/// <summary>Sets cells to 0 at random in training. Keras: keras.layers.Dropout; Caffe: Dropout.</summary>
internal sealed class Dropout(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Dropout", [],
        [
            .. CommonArguments,
            Argument.Double("rate", 0.5, 0, 1),
            Argument.Seed(),
            Argument.Any("noise_shape"),
        ]),
        config => new Dropout(config));

    private double Rate => Config.Double("rate");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> InferParameters(IReadOnlyList<TensorSpec> inputs) => Rate > 0 ? [RandomState.Parameter()] : [];

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0]];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        if (Rate == 0)
        {
            return new PassThrough();
        }

        // Keras compares in float32; a rate of 1 keeps nothing.
        Operand[] arguments = [Operand.Input(), Operand.Double((float)Rate), Operand.Double(Rate < 1 ? 1 / (1 - Rate) : 0), Operand.Seed, Operand.Counter];
        Shape shape = context.Inputs[0].Shape;
        (bool perRow, Shape noise) = NoiseShape(shape);
        bool isFull = perRow && noise.Equals(shape);
        return new FunctionPair
        {
            File = "layers/dropout",
            ForwardName = isFull ? "forward" : "forward_shared",
            ForwardArguments = isFull ? arguments : [.. arguments, Operand.Bool(perRow), Operand.Int(noise.Elements), .. TileOperands.TwoTiles(this, noise, shape)],
            ForwardResults = [Result.Output(), Result.Cache("mask")],
            BackwardArguments = [Operand.OutputGradient(), Operand.Cache("mask")],
            BackwardResults = [Result.InputGradient()],
            DependsOnTraining = true,
            IdentityAtInference = true,
        };
    }

    /// <summary>Whether every row draws its own cells, and the shape of the draws of a row. Null sizes are those of the input.</summary>
    private (bool PerRow, Shape Noise) NoiseShape(Shape input)
    {
        if (Config.Values["noise_shape"] is not object?[] given)
        {
            return (true, input);
        }

        var sizes = new int[input.Rank];
        bool fits = given.Length == input.Rank + 1;
        for (int i = 0; fits && i < sizes.Length; i++)
        {
            sizes[i] = given[i + 1] is long size ? checked((int)size) : input[i];
            fits = sizes[i] == input[i] || sizes[i] == 1;
        }

        // Rows share their draws when the batch axis of the noise has size 1; any other size must be that of the batch.
        return fits ? (given[0] is not 1L, new Shape(sizes))
            : throw NetworkErrors.InputShape.At(Place, ClassName, $"a shape that goes with noise_shape ({string.Join(", ", given.Select(g => g ?? "None"))})", input);
    }
}
