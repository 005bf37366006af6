using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Codegen.Training.Callbacks;

/// <summary>Writes the variables after an epoch, always or when a value got better. Keras: keras.callbacks.ModelCheckpoint.</summary>
internal sealed record ModelCheckpoint : ScriptCallback
{
    public string Monitor { get; init; } = "val_loss";

    public bool SaveBestOnly { get; init; }

    public string Mode { get; init; } = "auto";

    /// <summary>A value that must be surpassed first.</summary>
    public double? InitialValueThreshold { get; init; }

    /// <summary>Folder under <c>$out</c>; with <see cref="SaveBestOnly"/> it is overwritten, otherwise the number of the epoch follows.</summary>
    public string Folder { get; init; } = "checkpoint";

    public override ScriptCallbackEmitter Emitter(CallbackContext context) => new Writer(this, context);

    private sealed class Writer(ModelCheckpoint settings, CallbackContext context) : ScriptCallbackEmitter
    {
        private readonly MonitoredValue? value = context.Monitor(settings.Monitor);
        private readonly string best = context.Names.Take("checkpoint_best");
        private readonly string current = context.Names.Take("checkpoint_value");
        private readonly bool larger = settings.SaveBestOnly && (context.Monitor(settings.Monitor)?.IsMaximum(settings.Mode) ?? false);

        public override void TrainBegin(ScriptWriter writer)
        {
            if (settings.SaveBestOnly && value is not null)
            {
                writer.Comment($"ModelCheckpoint on {settings.Monitor}");
                writer.Line($"{best} = {(settings.InitialValueThreshold is { } t ? DmlText.Double(t) : larger ? "-1.7976931348623157e308" : "1.7976931348623157e308")}");
            }
        }

        public override void EpochEnd(ScriptWriter writer)
        {
            if (!settings.SaveBestOnly)
            {
                Write(writer, $"\"/{settings.Folder}_\" + epoch + \"");
                return;
            }

            if (value is null)
            {
                return;
            }

            writer.OpenWhen(value.Condition);
            writer.Line($"{current} = {value.Expression}");
            writer.Open($"if ({current} {(larger ? ">" : "<")} {best})");
            writer.Line($"{best} = {current}");
            Write(writer, $"\"/{settings.Folder}");
            writer.Close();
            writer.CloseWhen(value.Condition);
        }

        private void Write(ScriptWriter writer, string folder) =>
            writer.Lines(context.Variables.Select(v => $"write({v.Name}, out + {folder}/{v.Name}.csv\", format=\"csv\")"));
    }
}
