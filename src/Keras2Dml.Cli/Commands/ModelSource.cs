using System.CommandLine;

namespace Keras2Dml.Cli.Commands;

/// <summary>The model of a command: a file, and another one with its weights where the first has none or others are wanted.</summary>
internal sealed class ModelSource
{
    public Argument<string> Model { get; } = CommonOptions.Model();

    public Option<string?> Weights { get; } = new("--weights")
    {
        Description = "Weights for the model from another file: .weights.h5, a legacy weights file, or a whole model of the same structure.",
    };

    public KerasModel Load(ParseResult parsed)
    {
        KerasModel model = KerasModel.Load(parsed.GetValue(Model)!);
        if (parsed.GetValue(Weights) is { } weights)
        {
            model.LoadWeights(weights);
        }

        return model;
    }
}
