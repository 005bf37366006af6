using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Steps;
using FunctionResult = Keras2Dml.Network.Functions.Result;

namespace Keras2Dml.Network.Layers.Merging;

/// <summary>The steps of a merging layer: input after input, as Keras does (keras/src/layers/merging/base_merge.py), with repetition along axes of size 1 and masks.</summary>
internal sealed class MergeChain
{
    private readonly ExpansionBuilder builder;
    private readonly FunctionPair functions;

    public MergeChain(ExpansionBuilder builder, LayerContext context, FunctionPair functions, MaskedCells masked)
    {
        this.builder = builder;
        this.functions = functions;
        (Result, Shape shape, ExpansionTensor? mask) = Input(context, 0, masked);
        for (int i = 1; i < context.Inputs.Count; i++)
        {
            (ExpansionTensor next, Shape nextShape, ExpansionTensor? nextMask) = Input(context, i, masked);
            Shape common = Broadcasting.Common(shape, nextShape)!;
            (ExpansionTensor left, ExpansionTensor? leftMask) = Expand(Result, mask, shape, common);
            (ExpansionTensor right, ExpansionTensor? rightMask) = Expand(next, nextMask, nextShape, common);
            if (masked == MaskedCells.Absent)
            {
                right = rightMask is { } r ? Choose(r, right, left, common) : right;
                left = leftMask is { } l ? Choose(l, left, right, common) : left;
            }

            mask = leftMask is { } a && rightMask is { } b ? Step("either", MaskFunction("either", [Operand.Input(0), Operand.Input(1)]), StepsOf(common), a, b) : null;
            Result = Step(functions.File[(functions.File.LastIndexOf('/') + 1)..], functions, common, left, right);
            shape = common;
        }

        if (masked == MaskedCells.One && mask is { } all)
        {
            Result = Fill(Result, all, 0, shape);
        }
    }

    /// <summary>The merged tensor.</summary>
    public ExpansionTensor Result { get; }

    // An input of smaller rank is reshaped first and loses its mask by that, as in Keras.
    private (ExpansionTensor Tensor, Shape Shape, ExpansionTensor? Mask) Input(LayerContext context, int index, MaskedCells masked)
    {
        ExpansionTensor tensor = builder.Input(index);
        Shape shape = context.Inputs[index].Shape;
        if (masked == MaskedCells.AsTheyAre || index >= context.InputMasks.Count || !context.InputMasks[index] || shape.Rank < context.Inputs.Max(i => i.Shape.Rank))
        {
            return (tensor, shape, null);
        }

        ExpansionTensor mask = builder.InputMask(index);
        return (masked == MaskedCells.One ? Fill(tensor, mask, 1, shape) : tensor, shape, mask);
    }

    private (ExpansionTensor Tensor, ExpansionTensor? Mask) Expand(ExpansionTensor tensor, ExpansionTensor? mask, Shape from, Shape to) =>
        (Repeat(tensor, from, to), mask is { } m ? Repeat(m, StepsOf(from), StepsOf(to)) : null);

    private ExpansionTensor Repeat(ExpansionTensor tensor, Shape from, Shape to)
    {
        IReadOnlyList<Broadcasting.Tile> tiles = Broadcasting.Tiles(from, to);
        for (int i = 0; i < tiles.Count; i++)
        {
            // Only the last shape counts; in between the order of cells alone matters.
            Broadcasting.Tile tile = tiles[i];
            Shape shape = i == tiles.Count - 1 ? to : new Shape(tile.Outer, tile.Copies, tile.Inner);
            tensor = builder.Apply(new TileAxes(tile, shape), tensor)[0];
        }

        return tiles.Count == 0 && !from.Equals(to) ? Step("Reshape", LayerFunctions.Linear("layers/reshape", LayoutRule.Keras, "", [], []), to, tensor) : tensor;
    }

    /// <summary>The first tensor where the mask is 1, the second elsewhere.</summary>
    private ExpansionTensor Choose(ExpansionTensor mask, ExpansionTensor first, ExpansionTensor second, Shape shape) => Step(
        "choose",
        new FunctionPair
        {
            File = "util/masks", ForwardName = "choose", BackwardName = "choose_backward",
            ForwardArguments = [Operand.Input(0), Operand.Input(1), Operand.Input(2)], ForwardResults = [FunctionResult.Output()],
            BackwardArguments = [Operand.OutputGradient(), Operand.Input(2)], BackwardResults = [FunctionResult.InputGradient(0), FunctionResult.InputGradient(1)],
        },
        shape, first, second, mask);

    /// <summary>The tensor where the mask is 1, a number elsewhere.</summary>
    private ExpansionTensor Fill(ExpansionTensor tensor, ExpansionTensor mask, double value, Shape shape) => Step(
        "fill",
        new FunctionPair
        {
            File = "util/masks", ForwardName = "fill", BackwardName = "fill_backward",
            ForwardArguments = [Operand.Input(0), Operand.Input(1), Operand.Double(value)], ForwardResults = [FunctionResult.Output()],
            BackwardArguments = [Operand.OutputGradient(), Operand.Input(1)], BackwardResults = [FunctionResult.InputGradient(0)],
        },
        shape, tensor, mask);

    private static FunctionPair MaskFunction(string name, IReadOnlyList<Operand> arguments) =>
        new() { File = "util/masks", ForwardName = name, ForwardArguments = arguments, ForwardResults = [FunctionResult.Output()] };

    private ExpansionTensor Step(string name, FunctionPair meaning, Shape shape, params ExpansionTensor[] inputs) => builder.Apply(new FunctionStep(name, meaning, shape), inputs)[0];

    private static Shape StepsOf(Shape shape) => new(shape.Sizes[..^1].ToArray());
}
