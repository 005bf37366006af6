using System.CommandLine;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml summary MODEL</c>: the table of <c>model.summary()</c>, or a picture of the network.</summary>
internal static class SummaryCommand
{
    public static Command Build()
    {
        Argument<string> model = CommonOptions.Model();
        Option<int> lineLength = CommonOptions.AtLeast(new Option<int>("--line-length") { Description = "Width of the table.", DefaultValueFactory = _ => 98 }, 40);
        Option<bool> nested = new("--expand-nested") { Description = "Show the layers of nested models." };
        Option<bool> trainable = new("--show-trainable") { Description = "Show whether a layer is trainable." };
        Option<bool> json = CommonOptions.Json();
        Option<bool> dot = new("--dot") { Description = "The network as text for Graphviz." };
        Option<bool> svg = new("--svg") { Description = "The network as an SVG picture." };
        Option<bool> mermaid = new("--mermaid") { Description = "The network as a Mermaid flowchart." };
        Option<string?> output = new("--output", "-o") { Description = "Writes to a file instead of stdout." };
        (Option<bool> Option, Func<KerasModel, string> Text)[] formats =
        [
            (json, m => m.SummaryJson()),
            (dot, m => m.Dot()),
            (svg, m => m.Svg()),
            (mermaid, m => m.Mermaid()),
        ];
        var command = new DocumentedCommand(
            "summary",
            "Prints the layers, output shapes and parameter counts, as model.summary() does, or draws the network.",
            "keras2dml summary lenet.keras",
            "keras2dml summary lenet.keras --svg -o lenet.svg",
            "keras2dml summary old_model.h5 --expand-nested --show-trainable")
        {
            model, lineLength, nested, trainable, json, dot, svg, mermaid, output,
        };
        return command.Does(parsed =>
        {
            (Option<bool> Option, Func<KerasModel, string> Text)[] wanted = [.. formats.Where(f => parsed.GetValue(f.Option))];
            if (wanted.Length > 1)
            {
                throw CommandErrors.OneFormat.With(string.Join(", ", formats.Select(f => f.Option.Name)), string.Join(", ", wanted.Select(f => f.Option.Name)));
            }

            string? path = parsed.GetValue(output);
            if (path is not null)
            {
                CommonOptions.CheckOutput(path);
            }

            KerasModel loaded = KerasModel.LoadConfiguration(parsed.GetValue(model)!);
            string text = wanted is [var format] ? format.Text(loaded) : loaded.Summary(parsed.GetValue(lineLength), parsed.GetValue(nested), parsed.GetValue(trainable));
            if (path is null)
            {
                Console.Out.Write(text);
            }
            else
            {
                AtomicFile.WriteText(path, text);
                Console.Error.WriteLine($"Saved {path}");
            }

            return ExitCodes.Success;
        });
    }
}
