using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml doctor</c>: what this machine has, what is missing and how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Build() => new Command("doctor", "Shows what this machine offers: CPU features, threads, memory, Java for SystemDS.").Does(_ =>
    {
        Line(".NET", RuntimeInformation.FrameworkDescription);
        Line("System", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture})");
        Line("CPU features", string.Join(", ", Features()));
        Line("Threads", Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Line("Memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20:N0} MiB available to the process");
        Line("GPU", "not used by this version; everything runs on the CPU");
        string? java = FindOnPath("java");
        Line("Java", java ?? "not found: needed only to run exported scripts on SystemDS; install a Java 17 runtime");
        string? systemDs = FindOnPath("systemds");
        Line("SystemDS", systemDs ?? "not found on the PATH: needed only for exported scripts; see https://systemds.apache.org");
        return ExitCodes.Success;
    });

    private static void Line(string name, string value) => Console.Out.WriteLine($"{name,-14} {value}");

    private static IEnumerable<string> Features()
    {
        if (Avx512F.IsSupported)
        {
            yield return "AVX-512";
        }

        if (Avx2.IsSupported)
        {
            yield return "AVX2";
        }

        if (Fma.IsSupported)
        {
            yield return "FMA";
        }

        if (AdvSimd.IsSupported)
        {
            yield return "AdvSimd";
        }

        yield return $"vectors of {System.Numerics.Vector<byte>.Count * 8} bits";
    }

    private static string? FindOnPath(string command) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? command + ".exe" : command))
        .FirstOrDefault(File.Exists);
}
