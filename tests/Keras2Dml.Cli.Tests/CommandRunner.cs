namespace Keras2Dml.Cli.Tests;

/// <summary>Runs the command in this process. Its tests share the console, so they run one after another.</summary>
internal static class CommandRunner
{
    public const string Console = "console";

    public static string Sample(string name) => Checkout.PathOf("samples/digits/" + name);

    /// <summary>Exit code, and what went to stdout and stderr.</summary>
    public static (int Code, string Output, string Error) RunSeparately(params string[] arguments)
    {
        TextWriter oldOut = System.Console.Out;
        TextWriter oldError = System.Console.Error;
        using var output = new StringWriter();
        using var error = new StringWriter();
        System.Console.SetOut(output);
        System.Console.SetError(error);
        try
        {
            return (Program.Run(arguments), output.ToString(), error.ToString());
        }
        finally
        {
            System.Console.SetOut(oldOut);
            System.Console.SetError(oldError);
        }
    }

    public static (int Code, string Output) Run(params string[] arguments)
    {
        (int code, string output, string error) = RunSeparately(arguments);
        return (code, output + error);
    }
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), $"keras2dml-test-{Guid.NewGuid():N}");

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
