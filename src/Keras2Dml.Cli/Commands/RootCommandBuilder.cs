using System.CommandLine;

namespace Keras2Dml.Cli.Commands;

/// <summary>The root command with all its subcommands.</summary>
internal static class RootCommandBuilder
{
    public static RootCommand Build() => HelpWithExamples.AddTo(new("Trains, evaluates and predicts with Keras model files through readable DML scripts, without Python.")
    {
        SummaryCommand.Build(),
        ScriptCommand.Build(),
        TrainCommand.Build(),
        EvaluateCommand.Build(),
        PredictCommand.Build(),
        RunCommand.Build(),
        VerifyCommand.Build(),
        ExportCommand.Build(),
        ImportCommand.Build(),
        ConvertCommand.Build(),
        WeightsCommand.Build(),
        SolverCommand.Build(),
        ExplainCommand.Build(),
        DoctorCommand.Build(),
    });
}
