using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Keras2Dml.Benchmarks;

/// <summary>Times of repeated work.</summary>
internal static partial class Timing
{
    private const int ProcessClock = 2;

    /// <summary>True measures the processor time of the process instead of the clock: for one thread on a machine that is busy otherwise.</summary>
    public static bool ProcessorTime { get; set; }

    /// <summary>Milliseconds since some point.</summary>
    public static double Now()
    {
        if (!ProcessorTime)
        {
            return Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;
        }

        _ = GetTime(ProcessClock, out TimeSpec time);
        return time.Seconds * 1e3 + time.Nanoseconds * 1e-6;
    }

    /// <summary>Milliseconds of one call: the median over at least so many seconds, after a warm-up of a quarter of that.</summary>
    public static double Median(Action work, double seconds = 2)
    {
        long warm = Stopwatch.GetTimestamp();
        do
        {
            work();
        }
        while (Stopwatch.GetElapsedTime(warm).TotalSeconds < seconds / 4);

        var times = new List<double>();
        long start = Stopwatch.GetTimestamp();
        do
        {
            double t = Now();
            work();
            times.Add(Now() - t);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds || times.Count < 5);

        times.Sort();
        return times[times.Count / 2];
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds, Nanoseconds;
    }
}
