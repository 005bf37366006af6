using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Steps;

/// <summary>Repeats a tensor along axes of size 1: one <see cref="Broadcasting.Tile"/>.</summary>
/// <param name="tile">The repetition.</param>
/// <param name="output">Shape afterwards.</param>
internal sealed class TileAxes(Broadcasting.Tile tile, Shape output) : Step("TileAxes")
{
    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0] with { Shape = output }];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        // A value per channel spread over an image lies as (channels, positions) in the order that images are computed in.
        bool isChannelsToImage = output.Rank == 3 && tile is { Outer: 1 } && tile.Inner == output[-1] && context.Inputs[0].Shape.Elements == tile.Inner;
        (int outer, int inner) = isChannelsToImage ? (tile.Inner, 1) : (tile.Outer, tile.Inner);
        Operand[] sizes = [Operand.Int(outer), Operand.Int(tile.Copies), Operand.Int(inner)];
        return new FunctionPair
        {
            File = "util/axes",
            ForwardName = "tile",
            BackwardName = "tile_backward",
            ForwardArguments = [Operand.Input(), .. sizes],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), .. sizes],
            BackwardResults = [Result.InputGradient()],
            Layout = isChannelsToImage ? LayoutRule.ChannelsFirst : LayoutRule.Keras,
        };
    }
}
