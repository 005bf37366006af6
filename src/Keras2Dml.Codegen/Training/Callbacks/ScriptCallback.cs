using Keras2Dml.Codegen.Writing;
using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Training.Callbacks;

/// <summary>A callback of Keras that the script carries out itself, so that it works wherever the script runs.</summary>
internal abstract record ScriptCallback
{
    /// <summary>True when the callback may stop inside an epoch: the batch loop asks <c>stop_training</c> then.</summary>
    public virtual bool StopsInEpoch => false;

    /// <summary>True when the learning rate of each epoch belongs to the history.</summary>
    public virtual bool LogsLearningRate => false;

    /// <summary>A writer of the parts of the script for one run.</summary>
    public abstract ScriptCallbackEmitter Emitter(CallbackContext context);
}

/// <summary>Writes a callback's parts of a script.</summary>
internal abstract class ScriptCallbackEmitter
{
    public virtual void TrainBegin(ScriptWriter writer)
    {
    }

    public virtual void EpochBegin(ScriptWriter writer)
    {
    }

    public virtual void BatchEnd(ScriptWriter writer)
    {
    }

    public virtual void EpochEnd(ScriptWriter writer)
    {
    }

    public virtual void TrainEnd(ScriptWriter writer)
    {
    }
}

/// <summary>What callbacks need to know of the script.</summary>
/// <param name="LogNames">Names of the values of an epoch.</param>
/// <param name="HasValidation">True when validation values are there as well.</param>
/// <param name="ValidatesEveryEpoch">False when some epochs have no validation values; <c>validated</c> tells.</param>
/// <param name="Variables">The model's variables that a file stores, in order.</param>
/// <param name="RunningLoss">Expression of the mean loss of the batches so far.</param>
/// <param name="Names">Gives out names.</param>
/// <param name="Direction">Which values are better, by name.</param>
internal sealed record CallbackContext(IReadOnlyList<string> LogNames, bool HasValidation, bool ValidatesEveryEpoch, IReadOnlyList<LoweredParameter> Variables, Func<string> RunningLoss, ScriptNames Names, Func<string, MetricDirection> Direction)
{
    /// <summary>The value of an epoch that a callback watches; null when the run has none of that name, and Keras's callbacks then do nothing.</summary>
    public MonitoredValue? Monitor(string name)
    {
        int place = LogNames.ToList().IndexOf(name);
        if (place >= 0)
        {
            return new MonitoredValue(name, Invariant($"as.scalar(values[1, {place + 1}])"), null, Direction(name));
        }

        place = name.StartsWith("val_", StringComparison.Ordinal) && HasValidation ? LogNames.ToList().IndexOf(name[4..]) : -1;
        return place < 0 ? null : new MonitoredValue(name, Invariant($"as.scalar(val_values[1, {place + 1}])"), ValidatesEveryEpoch ? null : "validated", Direction(name[4..]));
    }
}

/// <summary>A value that a callback watches.</summary>
/// <param name="Name">Name in the logs.</param>
/// <param name="Expression">Expression of the value.</param>
/// <param name="Condition">Boolean variable that tells whether this epoch has it; null for always.</param>
/// <param name="Direction">Which values are better.</param>
internal sealed record MonitoredValue(string Name, string Expression, string? Condition, MetricDirection Direction)
{
    /// <summary>True when larger values are better.</summary>
    /// <param name="mode">Keras's mode: auto, min or max.</param>
    /// <exception cref="Keras2DmlException">The mode is auto, and Keras does not know either.</exception>
    public bool IsMaximum(string mode) => (mode, Direction) switch
    {
        ("max", _) => true,
        ("min", _) => false,
        (_, MetricDirection.Unknown) => throw TrainingErrors.OptionRange.With($"mode of the callback that watches {Name}", "min or max, since nothing tells which values of this metric are better", mode),
        _ => Direction == MetricDirection.Up,
    };
}
