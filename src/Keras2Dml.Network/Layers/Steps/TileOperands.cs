using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Steps;

/// <summary>Repetitions as arguments of library functions.</summary>
internal static class TileOperands
{
    /// <summary>Six numbers: outer, copies and inner of two repetitions that take a shape to a larger one.</summary>
    /// <exception cref="Keras2DmlException">More than two groups of axes are repeated.</exception>
    public static IEnumerable<Operand> TwoTiles(Layer layer, Shape from, Shape to)
    {
        IReadOnlyList<Broadcasting.Tile> tiles = Broadcasting.Tiles(from, to);
        if (tiles.Count > 2)
        {
            throw NetworkErrors.InputShape.At(layer.Place, layer.ClassName, "at most two separate groups of shared axes", to);
        }

        // A repetition of one copy still says how many cells a row has.
        return tiles.Concat(Enumerable.Repeat(new Broadcasting.Tile(1, 1, to.Elements), 2 - tiles.Count))
            .SelectMany(t => new[] { Operand.Int(t.Outer), Operand.Int(t.Copies), Operand.Int(t.Inner) });
    }
}
