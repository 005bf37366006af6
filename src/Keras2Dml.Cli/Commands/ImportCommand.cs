using System.CommandLine;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml import DIR -o OUT.keras</c>: the weights back after training on SystemDS.</summary>
internal static class ImportCommand
{
    public static Command Build()
    {
        Argument<string> folder = new("DIR") { Description = "A folder that export wrote and SystemDS trained in." };
        Option<string> output = new("--output", "-o") { Description = "The Keras file to write.", Required = true };
        return new DocumentedCommand(
            "import",
            "Reads an exported folder back into a Keras file.",
            "keras2dml import lenet-systemds -o lenet.trained.keras") { folder, output }
            .Does(parsed =>
            {
                string target = parsed.GetValue(output)!;
                CommonOptions.CheckOutput(target, ".keras", ".h5");
                KerasModel.Import(parsed.GetValue(folder)!).Save(target);
                Console.Out.WriteLine($"Saved {target}");
                return ExitCodes.Success;
            });
    }
}
