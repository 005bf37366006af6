using System.CommandLine;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Cli.Commands;

/// <summary>Wraps the work of a command: failures become a sentence on stderr and an exit code.</summary>
internal static class CommandAction
{
    /// <summary>Gives a command its work.</summary>
    public static Command Does(this Command command, Func<ParseResult, int> work)
    {
        command.SetAction(result => Guard(() => work(result)));
        return command;
    }

    private static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Keras2DmlException e)
        {
            foreach (Problem problem in e.Problems)
            {
                Console.Error.WriteLine(problem);
            }

            return (int)e.Category;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(CommandErrors.Cancelled.ProblemAt(null));
            return ExitCodes.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(CommandErrors.FileSystem.ProblemAt(null, e.Message));
            return ExitCodes.Failure;
        }
        catch (Exception e)
        {
            string report = Path.Combine(Path.GetTempPath(), $"keras2dml-report-{Environment.ProcessId}.txt");
            File.WriteAllText(report, e.ToString());
            Console.Error.WriteLine(CommandErrors.Internal.ProblemAt(null, e.Message, report));
            return ExitCodes.Internal;
        }
    }
}
