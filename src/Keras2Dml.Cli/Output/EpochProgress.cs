using System.Diagnostics;
using System.Globalization;
using Keras2Dml.Callbacks;
using Spectre.Console;

namespace Keras2Dml.Cli.Output;

/// <summary>Shows training: a bar per epoch on a terminal, a line per epoch elsewhere.</summary>
internal sealed class EpochProgress(TextWriter output, bool bar) : Callback
{
    private const int Width = 24;
    private readonly Stopwatch clock = new();
    private readonly bool interactive = bar && !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Interactive;
    private long lastDrawn;

    /// <inheritdoc/>
    public override bool WantsBatches => interactive;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context) => clock.Restart();

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingContext context)
    {
        if (clock.ElapsedMilliseconds - lastDrawn < 50)
        {
            return;
        }

        lastDrawn = clock.ElapsedMilliseconds;
        int done = context.Batches == 0 ? 0 : Width * (context.Batch + 1) / context.Batches;
        output.Write($"\rEpoch {context.Epoch + 1}/{context.Epochs} [{new string('=', done)}{new string(' ', Width - done)}] {context.Batch + 1}/{context.Batches}");
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        string metrics = string.Join(" - ", context.Metrics.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key}: {m.Value:0.0000}")));
        string line = string.Create(CultureInfo.InvariantCulture, $"Epoch {context.Epoch + 1}/{context.Epochs} {(interactive ? $"[{new string('=', Width)}] " : string.Empty)}{clock.Elapsed.TotalSeconds:0.0}s - {metrics}");
        output.WriteLine(interactive ? "\r" + line.PadRight(60) : line);
        clock.Restart();
        lastDrawn = 0;
    }
}
