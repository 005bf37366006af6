using System.CommandLine;
using Keras2Dml.Core.Data;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml solver MODEL</c>: the optimizer as a Caffe solver.</summary>
internal static class SolverCommand
{
    public static Command Build()
    {
        Argument<string> model = CommonOptions.Model();
        Option<string?> output = new("--output", "-o") { Description = "Writes solver.prototxt there instead of printing it." };
        var fit = new FitOptionSet();
        return fit.AddScriptOptions(new DocumentedCommand(
            "solver",
            "Shows how the Keras optimizer and options map to Caffe solver fields, as solver.prototxt.",
            "keras2dml solver lenet.keras",
            "keras2dml solver lenet.keras --epochs 10 --lr-policy poly -o solver.prototxt") { model, output })
            .Does(parsed =>
            {
                KerasModel loaded = KerasModel.Load(parsed.GetValue(model)!);
                fit.Compile(loaded, parsed);
                string text = loaded.GetSolver(fit.Read(parsed));
                if (parsed.GetValue(output) is { } path)
                {
                    CommonOptions.CheckOutput(path, ".prototxt");
                    AtomicFile.WriteText(path, text);
                    Console.Out.WriteLine($"Saved {path}");
                }
                else
                {
                    Console.Out.Write(text);
                }

                return ExitCodes.Success;
            });
    }
}
