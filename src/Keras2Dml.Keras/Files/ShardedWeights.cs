using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Hdf5;

namespace Keras2Dml.Keras.Files;

/// <summary>Weights in several HDF5 files with an index (<c>model.weights.json</c>, <c>model_00000.weights.h5</c>, ...), joined into one tree.</summary>
internal static class ShardedWeights
{
    /// <summary>Reads every file that the index names.</summary>
    /// <param name="text">The index.</param>
    /// <param name="where">Its name for errors.</param>
    /// <param name="read">Gives the bytes of a file beside the index; null when there is none.</param>
    public static HdfGroup Read(byte[] text, string where, Func<string, byte[]?> read)
    {
        if (JsonText.Parse(text, where, "The index of weights") is not JsonObject index || index["weight_map"] is not JsonObject map)
        {
            throw KerasFileErrors.NotJson.At(where, "The index of weights", "weight_map is expected.");
        }

        var root = new HdfGroup();
        foreach (string shard in map.SelectMany(e => Names(e.Value)).Distinct())
        {
            // A name with a path in it would read elsewhere.
            byte[] bytes = Path.GetFileName(shard) == shard && read(shard) is { } found ? found : throw KerasFileErrors.NoWeights.At(where, shard);
            Join(root, HdfReader.Read(bytes, $"{where}: {shard}"));
        }

        return root;
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonArray several => several.SelectMany(Names),
        JsonValue value when value.TryGetValue(out string? name) => [name],
        _ => [],
    };

    private static void Join(HdfGroup target, HdfGroup source)
    {
        foreach ((string name, HdfValue value) in source.Attributes)
        {
            target.Attributes[name] = value;
        }

        foreach ((string name, HdfObject child) in source.Children)
        {
            if (child is HdfGroup group && target.Children.GetValueOrDefault(name) is HdfGroup known)
            {
                Join(known, group);
            }
            else
            {
                target.Children.TryAdd(name, child);
            }
        }
    }
}
