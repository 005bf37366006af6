using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Lowering;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Training.Callbacks;

/// <summary>Stops when a value no longer gets better. Keras: keras.callbacks.EarlyStopping (keras/src/callbacks/early_stopping.py).</summary>
internal sealed record EarlyStopping : ScriptCallback
{
    public string Monitor { get; init; } = "val_loss";

    public double MinDelta { get; init; }

    public int Patience { get; init; }

    public string Mode { get; init; } = "auto";

    public double? Baseline { get; init; }

    public bool RestoreBestWeights { get; init; }

    public int StartFromEpoch { get; init; }

    public override ScriptCallbackEmitter Emitter(CallbackContext context) => new Writer(this, context);

    private sealed class Writer(EarlyStopping settings, CallbackContext context) : ScriptCallbackEmitter
    {
        private readonly MonitoredValue? value = context.Monitor(settings.Monitor);
        private readonly string best = context.Names.Take("early_stopping_best");
        private readonly string wait = context.Names.Take("early_stopping_wait");
        private readonly string current = context.Names.Take("early_stopping_value");
        private readonly string hasBest = context.Names.Take("early_stopping_has_weights");
        private readonly Dictionary<LoweredParameter, string> weights = settings.RestoreBestWeights ? context.Variables.ToDictionary(v => v, v => context.Names.Take("best_" + v.Name)) : [];
        private readonly bool larger = context.Monitor(settings.Monitor)?.IsMaximum(settings.Mode) ?? false;

        public override void TrainBegin(ScriptWriter writer)
        {
            if (value is null)
            {
                writer.Comment($"EarlyStopping watches {settings.Monitor}, which this run does not have");
                return;
            }

            writer.Comment(Invariant($"EarlyStopping on {settings.Monitor}, patience {settings.Patience}"));
            writer.Line($"{best} = {(larger ? "-1.7976931348623157e308" : "1.7976931348623157e308")}");
            writer.Line($"{wait} = 0");
            if (settings.RestoreBestWeights)
            {
                writer.Line($"{hasBest} = FALSE");
                Keep(writer);
            }
        }

        public override void EpochEnd(ScriptWriter writer)
        {
            if (value is null)
            {
                return;
            }

            string? start = settings.StartFromEpoch > 0 ? Invariant($"epoch > {settings.StartFromEpoch}") : null;
            string? condition = value.Condition is not null && start is not null ? $"{value.Condition} & {start}" : value.Condition ?? start;
            writer.OpenWhen(condition);
            writer.Line($"{current} = {value.Expression}");
            if (settings.RestoreBestWeights)
            {
                writer.Open($"if (!{hasBest})");
                writer.Line($"{hasBest} = TRUE");
                Keep(writer);
                writer.Close();
            }

            writer.Line($"{wait} = {wait} + 1");
            writer.Open($"if ({Better(best)})");
            writer.Line($"{best} = {current}");
            Keep(writer);
            if (settings.Baseline is { } baseline)
            {
                writer.Open($"if ({Better(DmlText.Double(baseline))})");
                writer.Line($"{wait} = 0");
                writer.Close();
            }
            else
            {
                writer.Line($"{wait} = 0");
            }

            writer.Else();
            writer.Open(Invariant($"if ({wait} >= {settings.Patience} & epoch > 1)"));
            writer.Line("stop_training = TRUE");
            writer.Close();
            writer.Close();
            writer.CloseWhen(condition);
        }

        public override void TrainEnd(ScriptWriter writer)
        {
            if (value is not null && settings.RestoreBestWeights)
            {
                writer.Open($"if ({hasBest})");
                writer.Lines(weights.Select(w => $"{w.Key.Name} = {w.Value}"));
                writer.Close();
            }
        }

        private string Better(string reference)
        {
            string delta = settings.MinDelta == 0 ? "" : $" {(larger ? "-" : "+")} {DmlText.Double(Math.Abs(settings.MinDelta))}";
            return $"{current}{delta} {(larger ? ">" : "<")} {reference}";
        }

        private void Keep(ScriptWriter writer) => writer.Lines(weights.Select(w => $"{w.Value} = {w.Key.Name}"));
    }
}
