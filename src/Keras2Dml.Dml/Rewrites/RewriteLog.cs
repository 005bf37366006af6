using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>How often each rewrite changed something, and how long it took to look for it.</summary>
internal sealed class RewriteLog
{
    private readonly Dictionary<Rewrite, (int Fired, long Ticks)> entries = [];

    /// <summary>Number of changes that a rewrite made.</summary>
    public int Fired(string name) => entries.Where(e => e.Key.Name == name).Sum(e => e.Value.Fired);

    /// <summary>Time that a rewrite took.</summary>
    public TimeSpan Time(string name) => Stopwatch.GetElapsedTime(0, entries.Where(e => e.Key.Name == name).Sum(e => e.Value.Ticks));

    /// <summary>Counts one attempt.</summary>
    /// <param name="rewrite">The rewrite.</param>
    /// <param name="fired">Changes that it made.</param>
    /// <param name="started">Its start, from <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void Add(Rewrite rewrite, int fired, long started) => Add(rewrite, (fired, Stopwatch.GetTimestamp() - started));

    /// <summary>Adds up with another log.</summary>
    public void Add(RewriteLog other)
    {
        foreach ((Rewrite rewrite, (int Fired, long Ticks) entry) in other.entries)
        {
            Add(rewrite, entry);
        }
    }

    /// <summary>A line for each rewrite that ran, in their order.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append($"{"Rewrites",-28} {"time (ms)",10} {"fired",10}\n");
        foreach (Rewrite rewrite in Rewrites.All.Where(entries.ContainsKey))
        {
            text.Append(CultureInfo.InvariantCulture, $"{rewrite.Name,-28} {Time(rewrite.Name).TotalMilliseconds,10:0.000} {entries[rewrite].Fired,10}\n");
        }

        return text.ToString();
    }

    private void Add(Rewrite rewrite, (int Fired, long Ticks) more)
    {
        (int fired, long ticks) = entries.GetValueOrDefault(rewrite);
        entries[rewrite] = (fired + more.Fired, ticks + more.Ticks);
    }
}
