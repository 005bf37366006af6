using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Functions;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Training.Callbacks;

/// <summary>Lowers the learning rate when a value no longer gets better. Keras: keras.callbacks.ReduceLROnPlateau (keras/src/callbacks/reduce_lr_on_plateau.py).</summary>
internal sealed record ReduceLearningRateOnPlateau : ScriptCallback
{
    public string Monitor { get; init; } = "val_loss";

    public double Factor { get; init; } = 0.1;

    public int Patience { get; init; } = 10;

    public string Mode { get; init; } = "auto";

    public double MinDelta { get; init; } = 1e-4;

    public int Cooldown { get; init; }

    public double MinLearningRate { get; init; }

    public override bool LogsLearningRate => true;

    public override ScriptCallbackEmitter Emitter(CallbackContext context) => new Writer(this, context);

    private sealed class Writer(ReduceLearningRateOnPlateau settings, CallbackContext context) : ScriptCallbackEmitter
    {
        private readonly MonitoredValue? value = context.Monitor(settings.Monitor);
        private readonly string best = context.Names.Take("plateau_best");
        private readonly string wait = context.Names.Take("plateau_wait");
        private readonly string cooldown = context.Names.Take("plateau_cooldown");
        private readonly string current = context.Names.Take("plateau_value");
        private readonly bool larger = context.Monitor(settings.Monitor)?.IsMaximum(settings.Mode) ?? false;

        public override void TrainBegin(ScriptWriter writer)
        {
            if (value is null)
            {
                writer.Comment($"ReduceLROnPlateau watches {settings.Monitor}, which this run does not have");
                return;
            }

            writer.Comment(Invariant($"ReduceLROnPlateau on {settings.Monitor}, factor {DmlText.Double(settings.Factor)}, patience {settings.Patience}"));
            writer.Line($"{best} = {(larger ? "-1.7976931348623157e308" : "1.7976931348623157e308")}");
            writer.Line($"{wait} = 0");
            writer.Line($"{cooldown} = 0");
        }

        public override void EpochEnd(ScriptWriter writer)
        {
            if (value is null)
            {
                return;
            }

            writer.OpenWhen(value.Condition);
            writer.Line($"{current} = {value.Expression}");
            writer.Open($"if ({cooldown} > 0)");
            writer.Lines($"{cooldown} = {cooldown} - 1", $"{wait} = 0");
            writer.Close();
            string delta = DmlText.Double(Math.Abs(settings.MinDelta));
            writer.Open($"if ({current} {(larger ? $"> {best} + {delta}" : $"< {best} - {delta}")})");
            writer.Lines($"{best} = {current}", $"{wait} = 0");
            writer.Else();
            writer.Open($"if ({cooldown} <= 0)");
            writer.Line($"{wait} = {wait} + 1");
            writer.Open(Invariant($"if ({wait} >= {settings.Patience} & lr > {DmlText.Double(settings.MinLearningRate)})"));
            writer.Lines($"lr = max(lr * {DmlText.Double(settings.Factor)}, {DmlText.Double(settings.MinLearningRate)})", Invariant($"{cooldown} = {settings.Cooldown}"), $"{wait} = 0");
            writer.Close();
            writer.Close();
            writer.Close();
            writer.CloseWhen(value.Condition);
        }
    }
}
