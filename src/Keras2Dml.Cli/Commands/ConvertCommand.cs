using System.CommandLine;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml convert IN OUT</c>: between the formats of Keras files.</summary>
internal static class ConvertCommand
{
    public static Command Build()
    {
        var model = new ModelSource();
        Argument<string> output = new("OUT") { Description = "The file to write: .keras, .h5 (a whole model), .weights.h5 (weights alone) or .json (the configuration alone)." };
        return new DocumentedCommand(
            "convert",
            "Writes a model in another format of Keras.",
            "keras2dml convert model.h5 model.keras",
            "keras2dml convert architecture.json model.keras --weights model.weights.h5",
            "keras2dml convert model.keras model.weights.h5") { model.Model, output, model.Weights }
            .Does(parsed =>
            {
                string target = parsed.GetValue(output)!;
                CommonOptions.CheckOutput(target, [.. KerasModel.FileEndings]);
                model.Load(parsed).Save(target);
                Console.Out.WriteLine($"Saved {target}");
                return ExitCodes.Success;
            });
    }
}
