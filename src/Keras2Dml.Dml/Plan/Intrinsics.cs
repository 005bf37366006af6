using System.Collections.Frozen;

namespace Keras2Dml.Dml.Plan;

/// <summary>The native form of a library function: its results, or null when it does not fit the arguments.</summary>
internal delegate IReadOnlyList<Node>? Intrinsic(IntrinsicCall call);

/// <summary>Library functions with native operators: one line each. The DML body stays the definition; tests assert that both agree.</summary>
internal static class Intrinsics
{
    private static readonly FrozenDictionary<(string Path, string Function), Intrinsic> Table =
        new Dictionary<(string, string), Intrinsic>
        {
            [("keras2dml/random/philox.dml", "uniform")] = c => [c.Matrix("philox_uniform", c[0], c[1], c[2], c[3])],
            [("keras2dml/layers/conv2d.dml", "forward")] = ImageIntrinsics.Convolution,
            [("keras2dml/layers/conv2d.dml", "backward")] = ImageIntrinsics.ConvolutionBackward,
            [("keras2dml/layers/conv2d_transpose.dml", "forward")] = ImageIntrinsics.TransposedConvolution,
            [("keras2dml/layers/conv2d_transpose.dml", "backward")] = ImageIntrinsics.TransposedConvolutionBackward,
            [("keras2dml/layers/max_pool2d.dml", "forward")] = c => [c.Matrix("max_pool", [.. c.Arguments])],
            [("keras2dml/layers/max_pool2d.dml", "backward")] = c => [c.Matrix("max_pool_backward", [c[1], c[0], .. c.From(3)])],
            [("keras2dml/layers/avg_pool2d.dml", "forward")] = c => [c.Matrix("avg_pool", [.. c.Arguments, c.Boolean(false)])],
            [("keras2dml/layers/avg_pool2d.dml", "backward")] = ImageIntrinsics.AveragePoolingBackward,
            [("keras2dml/layers/simple_rnn.dml", "forward")] = RecurrentIntrinsics.SimpleRnn,
            [("keras2dml/layers/simple_rnn.dml", "backward")] = RecurrentIntrinsics.SimpleRnnBackward,
            [("keras2dml/layers/lstm.dml", "forward")] = RecurrentIntrinsics.Lstm,
            [("keras2dml/layers/lstm.dml", "backward")] = RecurrentIntrinsics.LstmBackward,
            [("keras2dml/util/rows.dml", "take")] = c => [c.Matrix("gather_rows", c[0], c[1])],
            [("keras2dml/util/pad2d.dml", "forward")] = c => [c.Matrix("pad2d", [.. c.Arguments])],
            [("keras2dml/util/pad2d.dml", "backward")] = c => [c.Matrix("unpad2d", [.. c.Arguments])],
            [("keras2dml/util/layout.dml", "channels_first")] = c => [AxesIntrinsics.Swap(c, c[0], 1, c[2], c[1], 1)],
            [("keras2dml/util/layout.dml", "channels_last")] = c => [AxesIntrinsics.Swap(c, c[0], 1, c[1], c[2], 1)],
            [("keras2dml/util/axes.dml", "swap")] = c => [AxesIntrinsics.Swap(c, c[0], c[1], c[2], c[3], c[4])],
            [("keras2dml/util/axes.dml", "swap_backward")] = c => [AxesIntrinsics.Swap(c, c[0], c[1], c[3], c[2], c[4])],
            [("keras2dml/util/axes.dml", "tile_backward")] = AxesIntrinsics.TileBackward,
            [("keras2dml/util/axis_to_last.dml", "forward")] = c => [AxesIntrinsics.Swap(c, c[0], c[1], c[2], c[3], 1)],
            [("keras2dml/util/axis_to_last.dml", "backward")] = c => [AxesIntrinsics.Swap(c, c[0], c[1], c[3], c[2], 1)],
        }.ToFrozenDictionary();

    /// <summary>The native form of a function of the library; null when it has none.</summary>
    public static Intrinsic? Find(string path, string function) => Table.GetValueOrDefault((path, function));

    /// <summary>Every function with a native form.</summary>
    public static IEnumerable<(string Path, string Function)> All => Table.Keys.OrderBy(k => k.Path, StringComparer.Ordinal).ThenBy(k => k.Function, StringComparer.Ordinal);
}
