using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Codegen.Training.Callbacks;

/// <summary>Sets the learning rate of each epoch by a table, or multiplies it. Keras: keras.callbacks.LearningRateScheduler.</summary>
internal sealed record LearningRateScheduler : ScriptCallback
{
    /// <summary>Rate of each epoch; the last one stays. Null to use <see cref="Factor"/>.</summary>
    public IReadOnlyList<double>? Table { get; init; }

    /// <summary>The rate is multiplied by it at the start of every epoch.</summary>
    public double Factor { get; init; } = 1;

    public override bool LogsLearningRate => true;

    public override ScriptCallbackEmitter Emitter(CallbackContext context) => new Writer(this, context);

    private sealed class Writer(LearningRateScheduler settings, CallbackContext context) : ScriptCallbackEmitter
    {
        private readonly string table = context.Names.Take("lr_table");

        public override void TrainBegin(ScriptWriter writer)
        {
            if (settings.Table is { } rates)
            {
                writer.Comment("LearningRateScheduler: the rate of each epoch");
                writer.Line($"{table} = matrix(\"{string.Join(" ", rates.Select(DmlText.Double))}\", rows={rates.Count}, cols=1)");
            }
        }

        public override void EpochBegin(ScriptWriter writer) =>
            writer.Line(settings.Table is null ? $"lr = lr * {DmlText.Double(settings.Factor)}" : $"lr = as.scalar({table}[min(epoch, {settings.Table.Count}), 1])");
    }
}
