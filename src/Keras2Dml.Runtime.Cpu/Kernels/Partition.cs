namespace Keras2Dml.Runtime.Cpu.Kernels;

/// <summary>How cell-by-cell work is cut into parts: by its size alone, so that results never depend on the number of threads.</summary>
internal static class Partition
{
    /// <summary>Cells of one part: enough to be worth waking a thread.</summary>
    public const int Grain = 32768;

    /// <summary>Number of parts for work of so many units, each of so many cells.</summary>
    public static int Parts(long units, long cellsPerUnit, int grain = Grain) =>
        (int)Math.Clamp(Math.Min(units, (units * cellsPerUnit + grain - 1) / grain), 1, 64);

    /// <summary>First unit of a part.</summary>
    public static long Begin(long units, int parts, int part) => units * part / parts;
}
