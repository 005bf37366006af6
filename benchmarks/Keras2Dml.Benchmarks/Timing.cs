using System.Diagnostics;

namespace Keras2Dml.Benchmarks;

/// <summary>Times of repeated work.</summary>
internal static class Timing
{
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
            long t = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(t).TotalMilliseconds);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds || times.Count < 5);

        times.Sort();
        return times[times.Count / 2];
    }
}
