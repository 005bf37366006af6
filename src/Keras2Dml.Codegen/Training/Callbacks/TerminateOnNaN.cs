using Keras2Dml.Codegen.Writing;

namespace Keras2Dml.Codegen.Training.Callbacks;

/// <summary>Stops after a batch when the loss is no number or infinite. Keras: keras.callbacks.TerminateOnNaN.</summary>
internal sealed record TerminateOnNaN : ScriptCallback
{
    public override bool StopsInEpoch => true;

    public override ScriptCallbackEmitter Emitter(CallbackContext context) => new Writer(context);

    private sealed class Writer(CallbackContext context) : ScriptCallbackEmitter
    {
        public override void BatchEnd(ScriptWriter writer)
        {
            string running = context.Names.Take("running_loss");
            writer.Line($"{running} = {context.RunningLoss()}");

            // No comparison with NaN is true.
            writer.Open($"if (!(abs({running}) <= 1.7976931348623157e308))");
            writer.Line("print(\"Batch \" + batch + \": invalid loss, terminating training\")");
            writer.Line("stop_training = TRUE");
            writer.Close();
        }
    }
}
