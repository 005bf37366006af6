using Keras2Dml.Keras.Graph;
using Keras2Dml.Keras.Hdf5;

namespace Keras2Dml.Keras.Weights;

/// <summary>Weights of Keras 1 in today's layout (Keras 2's preprocess_weights_for_loading).</summary>
internal static class LegacyLayouts
{
    /// <summary>Arrays of Keras 1 that today are one: LSTM stores i, c, f, o one after another, each with W, U and b; GRU stores z, r, h.</summary>
    private static readonly Dictionary<(string Class, int Count), int[][]> Joined = new()
    {
        [("LSTM", 12)] = [[0, 6, 3, 9], [1, 7, 4, 10], [2, 8, 5, 11]],
        [("GRU", 9)] = [[0, 3, 6], [1, 4, 7], [2, 5, 8]],
    };

    /// <summary>The layer's arrays as today; null when they are so already.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="stored">The file's arrays.</param>
    /// <param name="version">Version of Keras that wrote the file.</param>
    /// <param name="where">The file, for errors.</param>
    public static IReadOnlyList<HdfDataset>? Convert(ConfiguredLayer layer, IReadOnlyList<HdfDataset> stored, string version, string where)
    {
        if (Joined.TryGetValue((layer.ClassName, stored.Count), out int[][]? parts))
        {
            return [.. parts.Select(p => Join([.. p.Select(i => stored[i].ToTensor(where))]).ToDataset(where))];
        }

        if (!version.StartsWith('1') || stored.Count == 0)
        {
            return null;
        }

        // Kernels of Keras 1: Conv1D (length, 1, in, out); Conv2D with channels first (out, in, rows, columns).
        Tensor? kernel = (layer.ClassName, stored[0].Dimensions.Count) switch
        {
            ("Conv1D", 4) when stored[0].Dimensions[1] == 1 => stored[0].ToTensor(where) is var k ? k.Reshape(k.Shape[0], k.Shape[2], k.Shape[3]) : null,
            ("Conv2D", 4) when layer.Use!.Layer.Config.OptionalString("data_format") == "channels_first" => ToChannelsLast(stored[0].ToTensor(where)),
            _ => null,
        };
        return kernel is null ? null : [kernel.ToDataset(where), .. stored.Skip(1)];
    }

    // Along the last axis.
    private static Tensor Join(Tensor[] tensors)
    {
        int width = tensors[0].Rank == 0 ? 1 : tensors[0].Shape[^1];
        int rows = width == 0 ? 0 : tensors[0].Length / width;
        if (Array.Exists(tensors, t => !t.Shape.SequenceEqual(tensors[0].Shape)))
        {
            // The check of shapes reports it.
            return tensors[0];
        }

        var result = new float[tensors[0].Length * tensors.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int column = i % (width * tensors.Length);
            result[i] = (float)tensors[column / width].GetDouble((i / (width * tensors.Length) * width) + (column % width));
        }

        return Tensor.From(result, rows == 1 && tensors[0].Rank == 1 ? [result.Length] : [.. tensors[0].Shape.Take(tensors[0].Rank - 1), width * tensors.Length]);
    }

    private static Tensor ToChannelsLast(Tensor kernel)
    {
        (int outputs, int inputs, int rows, int columns) = (kernel.Shape[0], kernel.Shape[1], kernel.Shape[2], kernel.Shape[3]);
        var result = new float[kernel.Length];
        for (int i = 0; i < result.Length; i++)
        {
            // i = ((row * columns + column) * inputs + input) * outputs + output
            int output = i % outputs;
            int input = i / outputs % inputs;
            int column = i / outputs / inputs % columns;
            int row = i / outputs / inputs / columns;
            result[i] = (float)kernel.GetDouble((((((output * inputs) + input) * rows) + row) * columns) + column);
        }

        return Tensor.From(result, rows, columns, inputs, outputs);
    }
}
