using System.CommandLine;
using Keras2Dml.Cli.Commands;
using Keras2Dml.Cli.Output;

namespace Keras2Dml.Cli;

/// <summary>The command <c>keras2dml</c>.</summary>
internal static class Program
{
    // Scripts may nest calls deeply; the work runs on a thread with room for it.
    private const int StackBytes = 256 << 20;

    private static int Main(string[] arguments)
    {
        int exitCode = ExitCodes.Internal;
        var thread = new Thread(() => exitCode = Run(arguments), StackBytes);
        thread.Start();
        thread.Join();
        return exitCode;
    }

    /// <summary>Parses and runs; every failure ends in one of <see cref="ExitCodes"/> and a sentence on stderr.</summary>
    internal static int Run(string[] arguments)
    {
        RootCommand root = RootCommandBuilder.Build();
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            parsed.Invoke(new InvocationConfiguration { Output = Console.Error, Error = Console.Error });
            return ExitCodes.Usage;
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
