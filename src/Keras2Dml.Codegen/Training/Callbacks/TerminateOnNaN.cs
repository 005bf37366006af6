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

            // Not a number: unequal to itself; infinite: the difference to itself is not a number.
            writer.Open($"if ({running} - {running} != 0)");
            writer.Line("print(\"Batch \" + batch + \": invalid loss, terminating training\")");
            writer.Line("stop_training = TRUE");
            writer.Close();
        }
    }
}
