using System.CommandLine;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml export MODEL DIR</c>: everything that SystemDS needs.</summary>
internal static class ExportCommand
{
    public static Command Build()
    {
        var model = new ModelSource();
        Argument<string> folder = new("DIR") { Description = "Folder to write: train.dml, predict.dml, keras2dml/, the weights as csv with .mtd, run.sh." };
        var fit = new FitOptionSet();
        return fit.AddScriptOptions(new DocumentedCommand(
            "export",
            "Writes scripts, library and weights for SystemDS.",
            "keras2dml export lenet.keras lenet-systemds --epochs 10 --batch-size 64") { model.Model, model.Weights, folder })
            .Does(parsed =>
            {
                KerasModel loaded = model.Load(parsed);
                fit.Compile(loaded, parsed);
                loaded.Export(parsed.GetValue(folder)!, fit.Read(parsed));
                Console.Out.WriteLine($"Wrote {parsed.GetValue(folder)}. Run it with {Path.Combine(parsed.GetValue(folder)!, "run.sh")}.");
                return ExitCodes.Success;
            });
    }
}
