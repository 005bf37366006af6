using System.CommandLine;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml script MODEL</c>: the DML program on stdout.</summary>
internal static class ScriptCommand
{
    public static Command Build()
    {
        Argument<string> model = CommonOptions.Model();
        Option<bool> training = new("--training") { Description = "The training program (the default for a compiled model)." };
        Option<bool> prediction = new("--prediction") { Description = "The prediction program." };
        var fit = new FitOptionSet();
        return fit.AddScriptOptions(new DocumentedCommand(
            "script",
            "Prints the DML program: the one that train, evaluate and predict execute.",
            "keras2dml script lenet.keras > train.dml",
            "keras2dml script lenet.keras --prediction",
            "keras2dml script lenet.keras --optimizer adam --loss categorical_crossentropy --epochs 10") { model, training, prediction })
            .Does(parsed =>
            {
                KerasModel loaded = KerasModel.Load(parsed.GetValue(model)!);
                bool wantsPrediction = parsed.GetValue(prediction) || (!parsed.GetValue(training) && !loaded.IsCompiled);
                if (!wantsPrediction)
                {
                    fit.Compile(loaded, parsed);
                }

                Console.Out.Write(wantsPrediction ? loaded.GetPredictionScript() : loaded.GetStoppableTrainingScript(fit.Read(parsed)));
                return ExitCodes.Success;
            });
    }
}
