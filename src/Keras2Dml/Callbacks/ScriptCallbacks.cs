using Keras2Dml.Codegen.Training.Callbacks;
using Script = Keras2Dml.Codegen.Training.Callbacks;

namespace Keras2Dml.Callbacks;

/// <summary>Stops when a value no longer improves. Keras: <c>keras.callbacks.EarlyStopping</c>.</summary>
public sealed class EarlyStopping : Callback, IScriptCallback
{
    /// <summary>The value to watch. Keras: <c>monitor</c>.</summary>
    public string Monitor { get; init; } = "val_loss";

    /// <summary>Smallest change that counts as an improvement. Keras: <c>min_delta</c>.</summary>
    public double MinDelta { get; init; }

    /// <summary>Epochs without improvement before stopping. Keras: <c>patience</c>.</summary>
    public int Patience { get; init; }

    /// <summary><c>auto</c>, <c>min</c> or <c>max</c>. Keras: <c>mode</c>.</summary>
    public string Mode { get; init; } = "auto";

    /// <summary>A value that must be surpassed; null for none. Keras: <c>baseline</c>.</summary>
    public double? Baseline { get; init; }

    /// <summary>Take the weights of the best epoch at the end. Keras: <c>restore_best_weights</c>.</summary>
    public bool RestoreBestWeights { get; init; }

    /// <summary>Epochs before watching begins. Keras: <c>start_from_epoch</c>.</summary>
    public int StartFromEpoch { get; init; }

    ScriptCallback IScriptCallback.ToScript(int index, FitOptions options, double learningRate) => new Script.EarlyStopping
    {
        Monitor = Monitor, MinDelta = MinDelta, Patience = Patience, Mode = Mode, Baseline = Baseline, RestoreBestWeights = RestoreBestWeights, StartFromEpoch = StartFromEpoch,
    };
}

/// <summary>Lowers the learning rate when a value no longer improves. Keras: <c>keras.callbacks.ReduceLROnPlateau</c>.</summary>
public sealed class ReduceLearningRateOnPlateau : Callback, IScriptCallback
{
    /// <summary>The value to watch. Keras: <c>monitor</c>.</summary>
    public string Monitor { get; init; } = "val_loss";

    /// <summary>The rate is multiplied by this. Keras: <c>factor</c>.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Epochs without improvement before lowering. Keras: <c>patience</c>.</summary>
    public int Patience { get; init; } = 10;

    /// <summary><c>auto</c>, <c>min</c> or <c>max</c>. Keras: <c>mode</c>.</summary>
    public string Mode { get; init; } = "auto";

    /// <summary>Smallest change that counts as an improvement. Keras: <c>min_delta</c>.</summary>
    public double MinDelta { get; init; } = 1e-4;

    /// <summary>Epochs of rest after lowering. Keras: <c>cooldown</c>.</summary>
    public int Cooldown { get; init; }

    /// <summary>The rate never falls below this. Keras: <c>min_lr</c>.</summary>
    public double MinLearningRate { get; init; }

    bool IScriptCallback.LogsLearningRate => true;

    ScriptCallback IScriptCallback.ToScript(int index, FitOptions options, double learningRate) => new Script.ReduceLearningRateOnPlateau
    {
        Monitor = Monitor, Factor = Factor, Patience = Patience, Mode = Mode, MinDelta = MinDelta, Cooldown = Cooldown, MinLearningRate = MinLearningRate,
    };
}

/// <summary>Sets the learning rate of each epoch: by a function, from a table, or by a factor. Keras: <c>keras.callbacks.LearningRateScheduler</c>.</summary>
/// <remarks>
/// The rates become part of the script, so that they act on SystemDS as well: <see cref="Schedule"/> is called for each epoch before training begins,
/// and is given the rate that it returned last, whatever other callbacks do to the rate meanwhile.
/// </remarks>
public sealed class LearningRateScheduler : Callback, IScriptCallback
{
    /// <summary>Rate of an epoch (from 0) from the epoch and the rate before it. Keras: <c>schedule(epoch, lr)</c>.</summary>
    public Func<int, double, double>? Schedule { get; init; }

    /// <summary>Rate of each epoch, the last one for those beyond; without <see cref="Schedule"/>.</summary>
    public IReadOnlyList<double>? Table { get; init; }

    /// <summary>The rate is multiplied by this before each epoch; without <see cref="Schedule"/> and <see cref="Table"/>.</summary>
    public double Factor { get; init; } = 1;

    bool IScriptCallback.LogsLearningRate => true;

    ScriptCallback IScriptCallback.ToScript(int index, FitOptions options, double learningRate) =>
        new Script.LearningRateScheduler { Table = Schedule is { } schedule ? Rates(schedule, options, learningRate) : Table, Factor = Factor };

    // Keras keeps the rate in a float32 variable.
    private static double[] Rates(Func<int, double, double> schedule, FitOptions options, double learningRate)
    {
        var rates = new double[options.Epochs];
        for (int epoch = options.InitialEpoch; epoch < options.Epochs; epoch++)
        {
            learningRate = (float)schedule(epoch, learningRate);
            rates[epoch] = learningRate;
        }

        return rates;
    }
}

/// <summary>Stops when the loss is no number. Keras: <c>keras.callbacks.TerminateOnNaN</c>.</summary>
public sealed class TerminateOnNaN : Callback, IScriptCallback
{
    ScriptCallback IScriptCallback.ToScript(int index, FitOptions options, double learningRate) => new Script.TerminateOnNaN();
}

/// <summary>Saves the model after epochs, always or when a value got better. Keras: <c>keras.callbacks.ModelCheckpoint</c>.</summary>
/// <param name="path">File to write (<c>.keras</c> or <c>.h5</c>); <c>{epoch}</c> or <c>{epoch:02d}</c> in it stands for the number of the epoch, from 1.</param>
/// <remarks>A checkpoint is written when the next epoch ends, the last one when training ends.</remarks>
public sealed class ModelCheckpoint(string path) : Callback, IScriptCallback
{
    /// <summary>File to write. Keras: <c>filepath</c>.</summary>
    public string Path { get; } = path;

    /// <summary>The value to watch. Keras: <c>monitor</c>.</summary>
    public string Monitor { get; init; } = "val_loss";

    /// <summary>Save only when the value got better. Keras: <c>save_best_only</c>.</summary>
    public bool SaveBestOnly { get; init; }

    /// <summary><c>auto</c>, <c>min</c> or <c>max</c>. Keras: <c>mode</c>.</summary>
    public string Mode { get; init; } = "auto";

    /// <summary>A value that must be surpassed first; null for none. Keras: <c>initial_value_threshold</c>.</summary>
    public double? InitialValueThreshold { get; init; }

    ScriptCallback IScriptCallback.ToScript(int index, FitOptions options, double learningRate) => new Script.ModelCheckpoint
    {
        Monitor = Monitor, SaveBestOnly = SaveBestOnly, Mode = Mode, InitialValueThreshold = InitialValueThreshold, Folder = FolderOf(index),
    };

    internal static string FolderOf(int index) => $"checkpoint_{index + 1}";

    /// <summary>The file for an epoch (from 1).</summary>
    internal string FileFor(int epoch) => Path
        .Replace("{epoch:02d}", epoch.ToString("00", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{epoch}", epoch.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
