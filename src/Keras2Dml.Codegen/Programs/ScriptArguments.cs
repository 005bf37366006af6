using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;

namespace Keras2Dml.Codegen.Programs;

/// <summary>Names of the script's inputs and targets: <c>X</c> and <c>y</c>, or <c>X_&lt;input&gt;</c> and <c>y_&lt;output&gt;</c> when there are several.</summary>
internal sealed class ScriptArguments
{
    // What the programs call their own variables and functions; no layer gets one of these names.
    private static readonly string[] Fixed =
    [
        "model", "out", "epochs", "epoch", "initial_epoch", "batch", "batch_size", "num_batches", "validation_split", "validation_freq", "validation_batch_size",
        "validation_steps", "steps_per_epoch", "shuffle", "seed", "verbose", "N", "num_rows", "num_train", "num_validation", "beg", "end", "rows", "batch_rows", "row_order",
        "lr", "base_lr", "iter", "iteration", "max_iter", "loss", "stop", "stop_training", "names", "metrics", "values", "weights", "logs", "predict", "evaluate",
        "host", "library", "sample_weight", "class_weight", "wb", "state", "step", "one", "i", "k", "prediction", "restored", "best", "iteration_file", "learning_rate", "loss_file", "rate", "clip_factor", "validated", "val_values", "validation_rows", "place", "batches_seen", "epoch_steps", "loss_scale", "all_finite", "is_finite",
    ];

    /// <summary>Names for a model.</summary>
    public ScriptArguments(NetworkModel model)
    {
        var names = new ScriptNames(Fixed);
        Inputs = [.. model.Inputs.Select(i => names.Take(model.Inputs.Count == 1 ? "X" : "X_" + i.Name))];
        Targets = [.. model.Outputs.Select(o => names.Take(model.Outputs.Count == 1 ? "y" : "y_" + o.Name))];
        Weights = [.. model.Outputs.Select(o => names.Take(model.Outputs.Count == 1 ? "sample_weights" : "sample_weights_" + o.Name))];
        Predictions = [.. model.Outputs.Select(o => names.Take(model.Outputs.Count == 1 ? "predictions" : "predictions_" + o.Name))];
        string[] all = [.. Inputs, .. Targets, .. Weights, .. Predictions];
        Reserved = new HashSet<string>([.. Fixed, .. all, .. all.Select(n => n + "_val"), .. all.Select(n => n + "_full"), .. all.Select(n => n + "_batch")], StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<string> Inputs { get; }

    public IReadOnlyList<string> Targets { get; }

    /// <summary>Sample weights of each output.</summary>
    public IReadOnlyList<string> Weights { get; }

    public IReadOnlyList<string> Predictions { get; }

    /// <summary>Every name that a layer may not get.</summary>
    public IReadOnlySet<string> Reserved { get; }
}
