using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Steps;

namespace Keras2Dml.Network.Layers.Merging;

/// <summary>Merging of tensors cell by cell, with numpy's broadcasting: Add, Subtract, Multiply, Average, Maximum, Minimum.</summary>
internal abstract class MergeLayer(KerasObject config) : Layer(config)
{
    /// <inheritdoc/>
    public sealed override MaskRule Mask => MaskRule.AnyInput;

    /// <summary>File of the function of two tensors.</summary>
    protected abstract string File { get; }

    /// <summary>True when backward takes both inputs after the gradient.</summary>
    protected virtual bool BackwardTakesInputs => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorSpec> Outputs(IReadOnlyList<TensorSpec> inputs)
    {
        if (inputs.Count < 2)
        {
            throw NetworkErrors.InputCount.At(Place, ClassName, "at least 2", inputs.Count);
        }

        Shape shape = inputs[0].Shape;
        foreach (TensorSpec input in inputs.Skip(1))
        {
            shape = Broadcasting.Common(shape, input.Shape)
                ?? throw NetworkErrors.InputShapes.At(Place, ClassName, "shapes that are equal or 1 in every axis", string.Join(", ", inputs.Select(i => i.Shape)));
        }

        return [inputs[0] with { Shape = shape }];
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        FunctionPair functions = Functions();
        return context.Inputs.Count == 2 && context.Inputs[0].Shape.Equals(context.Inputs[1].Shape)
            ? functions
            : new Expansion(builder => [Chain(builder, context.Inputs, functions)]);
    }

    /// <summary>Input after input, as Keras does.</summary>
    protected static ExpansionTensor Chain(ExpansionBuilder builder, IReadOnlyList<TensorSpec> inputs, FunctionPair functions)
    {
        ExpansionTensor result = builder.Input();
        Shape shape = inputs[0].Shape;
        for (int i = 1; i < inputs.Count; i++)
        {
            Shape common = Broadcasting.Common(shape, inputs[i].Shape)!;
            ExpansionTensor left = Expand(builder, result, shape, common);
            ExpansionTensor right = Expand(builder, builder.Input(i), inputs[i].Shape, common);
            result = builder.Apply(new FunctionStep(functions.File[(functions.File.LastIndexOf('/') + 1)..], functions, common), left, right)[0];
            shape = common;
        }

        return result;
    }

    /// <summary>Functions of two tensors of equal shape.</summary>
    protected FunctionPair Functions()
    {
        Operand[] inputs = [Operand.Input(0), Operand.Input(1)];
        return new FunctionPair
        {
            File = File,
            ForwardArguments = inputs,
            ForwardResults = [Result.Output()],
            BackwardArguments = BackwardTakesInputs ? [Operand.OutputGradient(), .. inputs] : [Operand.OutputGradient()],
            BackwardResults = [Result.InputGradient(0), Result.InputGradient(1)],
            Layout = LayoutRule.Any,
        };
    }

    private static ExpansionTensor Expand(ExpansionBuilder builder, ExpansionTensor tensor, Shape from, Shape to)
    {
        IReadOnlyList<Broadcasting.Tile> tiles = Broadcasting.Tiles(from, to);
        for (int i = 0; i < tiles.Count; i++)
        {
            // Only the last shape counts; in between the order of cells alone matters.
            Broadcasting.Tile tile = tiles[i];
            Shape shape = i == tiles.Count - 1 ? to : new Shape(tile.Outer, tile.Copies, tile.Inner);
            tensor = builder.Apply(new TileAxes(tile, shape), tensor)[0];
        }

        return tiles.Count == 0 && !from.Equals(to) ? builder.Apply(new FunctionStep("Reshape", LayerFunctions.Linear("layers/reshape", LayoutRule.Keras, "", [], []), to), tensor)[0] : tensor;
    }
}
