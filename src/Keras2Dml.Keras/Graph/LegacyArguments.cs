using System.Text.Json.Nodes;
using Keras2Dml.Network.Activations;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Keras.Graph;

/// <summary>Argument names and values of Keras 1 and 2 layers in today's words (Keras 2's own table: keras/legacy/interfaces.py).</summary>
internal static class LegacyArguments
{
    /// <summary>Arguments that only tell how Keras 1 and 2 computed or built, by name.</summary>
    private static readonly HashSet<string> WithoutMeaning = new(StringComparer.Ordinal) { "input_dim", "input_length", "consume_less", "implementation", "time_major" };

    /// <summary>Names of Keras 1 that are the same for every layer.</summary>
    private static readonly Dictionary<string, string> Common = new(StringComparer.Ordinal)
    {
        ["init"] = "kernel_initializer", ["inner_init"] = "recurrent_initializer", ["bias"] = "use_bias",
        ["W_regularizer"] = "kernel_regularizer", ["b_regularizer"] = "bias_regularizer", ["U_regularizer"] = "recurrent_regularizer",
        ["W_constraint"] = "kernel_constraint", ["b_constraint"] = "bias_constraint",
        ["border_mode"] = "padding", ["subsample"] = "strides", ["dim_ordering"] = "data_format", ["nb_filter"] = "filters",
        ["inner_activation"] = "recurrent_activation", ["dropout_W"] = "dropout", ["dropout_U"] = "recurrent_dropout", ["beta_init"] = "beta_initializer", ["gamma_init"] = "gamma_initializer",
        ["atrous_rate"] = "dilation_rate", ["length"] = "size", ["pool_length"] = "pool_size", ["stride"] = "strides", ["subsample_length"] = "strides", ["filter_length"] = "kernel_size",
        ["output_dim"] = "units", ["ratio"] = "rate", ["p"] = "rate",
    };

    /// <summary>Names that differ for a class.</summary>
    private static readonly Dictionary<(string Class, string Argument), string?> Special = new()
    {
        [("Embedding", "init")] = "embeddings_initializer", [("Embedding", "W_regularizer")] = "embeddings_regularizer", [("Embedding", "W_constraint")] = "embeddings_constraint",
        [("Embedding", "output_dim")] = "output_dim", [("Embedding", "input_dim")] = "input_dim", [("Embedding", "dropout")] = null,
        [("LeakyReLU", "alpha")] = "negative_slope", [("BatchNormalization", "mode")] = null, [("ZeroPadding1D", "length")] = "padding",
        [("LSTM", "forget_bias_init")] = null,
    };

    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["Convolution1D"] = "Conv1D", ["Convolution2D"] = "Conv2D", ["Convolution3D"] = "Conv3D", ["Deconvolution2D"] = "Conv2DTranspose",
        ["SeparableConvolution2D"] = "SeparableConv2D", ["AtrousConvolution1D"] = "Conv1D", ["AtrousConvolution2D"] = "Conv2D",
    };

    /// <summary>Class and configuration in today's words; the same configuration when nothing changes.</summary>
    public static (string ClassName, JsonObject Config) Translate(string className, JsonObject config, bool older)
    {
        string today = Classes.GetValueOrDefault(className, className);
        var result = new JsonObject();
        bool changed = today != className;
        foreach ((string name, JsonNode? value) in config)
        {
            string? translated = NameOf(today, name, config);
            changed |= translated != name;
            if (translated is not null)
            {
                JsonNode? now = ValueOf(translated, value, older, ref changed);
                result[translated] = now;
            }
        }

        changed |= AddSizes(config, result) | AddInputShape(today, config, result) | ForgetBias(today, config, result);
        return changed ? (today, result) : (className, config);
    }

    // Null when the argument has no meaning any more.
    private static string? NameOf(string className, string name, JsonObject config)
    {
        if (Special.TryGetValue((className, name), out string? special))
        {
            return special;
        }

        // Transposed and depthwise convolutions of some versions write the groups of their base class (keras-team/keras issue 19151).
        if (name == "groups" && (className is "Conv1DTranspose" or "Conv2DTranspose" or "Conv3DTranspose" or "DepthwiseConv1D" or "DepthwiseConv2D" or "SeparableConv1D" or "SeparableConv2D") && JsonValues.Plain(config[name]) is 1L)
        {
            return null;
        }

        if (WithoutMeaning.Contains(name) || name is "nb_row" or "nb_col" or "kernel_dim1" or "kernel_dim2" or "kernel_dim3")
        {
            return null;
        }

        // A file that has today's name as well means something else by the old one.
        return Common.TryGetValue(name, out string? today) && !config.ContainsKey(today) ? today : name;
    }

    private static JsonNode? ValueOf(string name, JsonNode? value, bool older, ref bool changed)
    {
        if (JsonValues.Text(value) is { } text)
        {
            string? today = (name, text) switch
            {
                ("data_format", "tf") => "channels_last",
                ("data_format", "th") => "channels_first",
                ("activation" or "recurrent_activation", "hard_sigmoid") when older => ActivationTable.HardSigmoidKeras2,
                (_, "one") when name.EndsWith("_initializer", StringComparison.Ordinal) => "ones",
                (_, "zero") when name.EndsWith("_initializer", StringComparison.Ordinal) => "zeros",
                _ => null,
            };
            changed |= today is not null;
            return JsonValue.Create(today ?? text);
        }

        // Keras 1: {"name": "WeightRegularizer", "l1": ..., "l2": ...} and {"name": "MaxNorm", "m": 2, "axis": 0}.
        if (value is JsonObject o && o["class_name"] is null && JsonValues.Text(o["name"]) is { } className &&
            (name.EndsWith("_regularizer", StringComparison.Ordinal) || name.EndsWith("_constraint", StringComparison.Ordinal)))
        {
            changed = true;
            return OldObject(className, o);
        }

        return value?.DeepClone();
    }

    private static JsonObject OldObject(string className, JsonObject old)
    {
        var config = new JsonObject();
        foreach ((string key, JsonNode? value) in old)
        {
            string? name = (className, key) switch
            {
                (_, "name") => null,
                ("MaxNorm", "m") => "max_value",
                ("MinMaxNorm", "low") => "min_value",
                ("MinMaxNorm", "high") => "max_value",
                _ => key,
            };
            if (name is not null)
            {
                config[name] = value?.DeepClone();
            }
        }

        return new JsonObject { ["class_name"] = className is "WeightRegularizer" or "ActivityRegularizer" ? "L1L2" : className, ["config"] = config };
    }

    // nb_row, nb_col -> kernel_size
    private static bool AddSizes(JsonObject config, JsonObject result)
    {
        string[] names = config.ContainsKey("nb_row") ? ["nb_row", "nb_col"] : ["kernel_dim1", "kernel_dim2", "kernel_dim3"];
        if (!Array.TrueForAll(names, config.ContainsKey))
        {
            return false;
        }

        result["kernel_size"] = new JsonArray([.. names.Select(n => config[n]?.DeepClone())]);
        return true;
    }

    // Dense and recurrent layers of Keras 1 tell input_dim and input_length where later ones tell batch_input_shape.
    private static bool AddInputShape(string className, JsonObject config, JsonObject result)
    {
        if (config.ContainsKey("batch_input_shape") || config.ContainsKey("batch_shape") || config["input_dim"] is not { } dim)
        {
            return false;
        }

        result["batch_input_shape"] = className switch
        {
            "Embedding" => new JsonArray(null, config["input_length"]?.DeepClone()),
            "LSTM" or "GRU" or "SimpleRNN" => new JsonArray(null, config["input_length"]?.DeepClone(), dim.DeepClone()),
            _ => new JsonArray(null, dim.DeepClone()),
        };
        return true;
    }

    // forget_bias_init: the LSTM of Keras 1 starts its forget gate's bias by its own initializer.
    private static bool ForgetBias(string className, JsonObject config, JsonObject result)
    {
        if (className != "LSTM" || !config.ContainsKey("forget_bias_init"))
        {
            return false;
        }

        result["unit_forget_bias"] = JsonValues.Text(config["forget_bias_init"]) is "one" or "ones";
        return true;
    }
}
