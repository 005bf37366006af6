using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Keras2Dml.Cli.Output;

/// <summary>One thing that a machine has or lacks.</summary>
/// <param name="Name">What.</param>
/// <param name="IsAvailable">Whether it is there.</param>
/// <param name="Value">What was found.</param>
/// <param name="Advice">What it is needed for and how to get it; null when there is nothing to do.</param>
internal sealed record Finding(string Name, bool IsAvailable, string Value, string? Advice = null);

/// <summary>Looks at the machine without starting any program.</summary>
internal static class MachineReport
{
    private const string NvidiaDriver = "/proc/driver/nvidia/version";

    public static IEnumerable<Finding> Findings()
    {
        yield return new Finding(".NET", true, RuntimeInformation.FrameworkDescription);
        yield return new Finding("System", true, $"{RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})");
        yield return new Finding("CPU features", true, string.Join(", ", Features()));
        yield return new Finding("Threads", true, Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        yield return new Finding("Memory", true, string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20:N0} MiB available to the process"));
        yield return Gpu();
        yield return Drawing();
        yield return Java();
        yield return Program("Spark", "spark-submit", "SPARK_HOME", "needed only to run exported scripts on a cluster; see https://spark.apache.org");
        yield return Program("SystemDS", "systemds", "SYSTEMDS_ROOT", "needed only to run exported scripts; see https://systemds.apache.org");
    }

    private static IEnumerable<string> Features()
    {
        (bool Supported, string Name)[] features = [(Avx512F.IsSupported, "AVX-512"), (Avx2.IsSupported, "AVX2"), (Fma.IsSupported, "FMA"), (AdvSimd.IsSupported, "AdvSimd")];
        return features.Where(f => f.Supported).Select(f => f.Name).Append($"vectors of {System.Numerics.Vector<byte>.Count * 8} bits");
    }

    private static Finding Gpu() => File.Exists(NvidiaDriver)
        ? new Finding("GPU", true, File.ReadLines(NvidiaDriver).FirstOrDefault("NVIDIA driver"), "not used by this version; everything runs on the CPU")
        : new Finding("GPU", false, "no NVIDIA driver found", "not used by this version; everything runs on the CPU");

    private static Finding Drawing()
    {
        try
        {
            HistoryPlot.CheckAvailable();
            return new Finding("Drawing", true, "available (train --plot)");
        }
        catch (Keras2DmlException e)
        {
            return new Finding("Drawing", false, "not available", e.Problems[0].Message);
        }
    }

    // The version stands in a file beside the runtime.
    private static Finding Java()
    {
        string? java = FindOnPath("java") ?? (Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home && File.Exists(Path.Combine(home, "bin", "java")) ? Path.Combine(home, "bin", "java") : null);
        if (java is null)
        {
            return new Finding("Java", false, "not found", "needed only to run exported scripts on SystemDS; install a Java 17 runtime");
        }

        string real = File.ResolveLinkTarget(java, returnFinalTarget: true)?.FullName ?? java;
        string release = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(real)) ?? "", "release");
        string? version = File.Exists(release) ? File.ReadLines(release).FirstOrDefault(l => l.StartsWith("JAVA_VERSION=", StringComparison.Ordinal))?["JAVA_VERSION=".Length..].Trim('"') : null;
        return new Finding("Java", true, version is null ? java : $"{version} ({java})");
    }

    private static Finding Program(string name, string command, string variable, string advice) =>
        (FindOnPath(command) ?? Environment.GetEnvironmentVariable(variable)) is { Length: > 0 } place
            ? new Finding(name, true, place)
            : new Finding(name, false, "not found on the PATH", advice);

    private static string? FindOnPath(string command) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? command + ".exe" : command))
        .FirstOrDefault(File.Exists);
}
