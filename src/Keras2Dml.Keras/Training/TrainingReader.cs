using System.Text;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Files;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Keras.Training;

/// <summary>Reads how a model was compiled: optimizer with its state, losses and metrics per output.</summary>
internal static class TrainingReader
{
    /// <summary>The model with its training specification, and with what was found unsupported in it.</summary>
    public static NetworkModel Read(NetworkModel model, KerasFile file, bool configOnly)
    {
        if (ConfigOf(file) is not { Count: > 0 } config || (config["optimizer"] ?? config["optimizer_config"] ?? config["loss"]) is null)
        {
            return model;
        }

        CompileResult result = CompileReader.Read(config, [.. model.Outputs.Select(o => o.Key ?? o.Name)]);
        if (result.Spec is null)
        {
            return model with { TrainingProblems = result.Problems };
        }

        var problems = new List<Problem>();
        IReadOnlyList<OptimizerVariable> state = configOnly ? [] : OptimizerState.Read(model, result.Spec, file, problems);
        return problems.Count > 0
            ? model with { TrainingProblems = problems }
            : model with { Training = result.Spec with { OptimizerVariables = state } };
    }

    /// <summary>The optimizer of a file, also when the rest of its compile configuration is not supported; null when there is none or it is unknown.</summary>
    public static KerasObject? OptimizerOf(KerasFile file) =>
        ConfigOf(file) is { } config && (config["optimizer"] ?? config["optimizer_config"]) is { } optimizer ? new ConfigReader().Read(ObjectKind.Optimizer, optimizer, null) : null;

    /// <summary>The compile configuration of a file: compile_config, or the attribute training_config of legacy files.</summary>
    public static JsonObject? ConfigOf(KerasFile file)
    {
        if (file.Format != KerasFormat.LegacyHdf)
        {
            return file.Config?["compile_config"] as JsonObject;
        }

        return file.Hdf!.TextAttribute("training_config") is { } text
            ? JsonText.Parse(Encoding.UTF8.GetBytes(text), file.Path, "The attribute training_config") as JsonObject
            : null;
    }
}
