using System.CommandLine;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml summary MODEL</c>: the table of <c>model.summary()</c>.</summary>
internal static class SummaryCommand
{
    public static Command Build()
    {
        Argument<string> model = CommonOptions.Model();
        Option<int> lineLength = CommonOptions.AtLeast(new Option<int>("--line-length") { Description = "Width of the table.", DefaultValueFactory = _ => 98 }, 40);
        Option<bool> nested = new("--expand-nested") { Description = "Show the layers of nested models." };
        Option<bool> trainable = new("--show-trainable") { Description = "Show whether a layer is trainable." };
        Option<bool> json = CommonOptions.Json();
        return new Command("summary", "Prints the layers, output shapes and parameter counts, as model.summary() does.") { model, lineLength, nested, trainable, json }
            .Does(parsed =>
            {
                KerasModel loaded = KerasModel.LoadConfiguration(parsed.GetValue(model)!);
                Console.Out.Write(parsed.GetValue(json)
                    ? loaded.SummaryJson()
                    : loaded.Summary(parsed.GetValue(lineLength), parsed.GetValue(nested), parsed.GetValue(trainable)));
                return ExitCodes.Success;
            });
    }
}
