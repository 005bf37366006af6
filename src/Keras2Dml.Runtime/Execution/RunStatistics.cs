using System.Diagnostics;
using System.Globalization;
using System.Text;
using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Rewrites;

namespace Keras2Dml.Runtime.Execution;

/// <summary>Time and calls per operator, compile time, and trace events of a run.</summary>
internal sealed class RunStatistics(bool enabled, bool trace)
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly List<(string Name, long Start, long End)> events = [];
    private readonly long origin = Stopwatch.GetTimestamp();

    /// <summary>Number of plans that were made.</summary>
    public int Plans { get; private set; }

    /// <summary>Time spent on making plans.</summary>
    public TimeSpan CompileTime { get; private set; }

    /// <summary>Counts and times the rewrites of these plans; null without statistics.</summary>
    public RewriteLog? Rewrites { get; } = enabled ? new RewriteLog() : null;

    public void Compiled(TimeSpan time)
    {
        Plans++;
        CompileTime += time;
    }

    public long Start() => enabled || trace ? Stopwatch.GetTimestamp() : 0;

    public void Stop(string name, long started)
    {
        if (started == 0)
        {
            return;
        }

        long now = Stopwatch.GetTimestamp();
        if (!entries.TryGetValue(name, out Entry? entry))
        {
            entries[name] = entry = new Entry();
        }

        entry.Calls++;
        entry.Ticks += now - started;
        if (trace)
        {
            events.Add((name, started, now));
        }
    }

    /// <summary>The heavy hitters as text.</summary>
    public string Text(BufferPool pool)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Compile time: {CompileTime.TotalMilliseconds:0.0} ms for {Plans} plans\n");
        text.Append(CultureInfo.InvariantCulture, $"Memory: peak {pool.PeakBytes / 1048576.0:0.0} MiB in use, {pool.HeldBytes / 1048576.0:0.0} MiB held; {pool.Hits} of {pool.Hits + pool.Misses} buffers from the pool\n");
        text.Append($"{"Heavy hitters",-28} {"time (s)",10} {"calls",10}\n");
        foreach ((string name, Entry entry) in entries.OrderByDescending(e => e.Value.Ticks).Take(20))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name,-28} {entry.Ticks / (double)Stopwatch.Frequency,10:0.000} {entry.Calls,10}\n");
        }

        return text.Append(Rewrites).ToString();
    }

    /// <summary>The run as Chrome trace events (JSON).</summary>
    public string TraceJson()
    {
        double unit = 1e6 / Stopwatch.Frequency;
        IEnumerable<string> lines = events.Select(e => string.Create(
            CultureInfo.InvariantCulture, $"{{\"name\":\"{e.Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\",\"ph\":\"X\",\"pid\":1,\"tid\":1,\"ts\":{(e.Start - origin) * unit:0.###},\"dur\":{(e.End - e.Start) * unit:0.###}}}"));
        return "{\"traceEvents\":[\n" + string.Join(",\n", lines) + "\n]}\n";
    }

    private sealed class Entry
    {
        public long Ticks { get; set; }

        public int Calls { get; set; }
    }
}
