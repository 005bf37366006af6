using System.CommandLine;
using System.Globalization;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Cli.Commands;

/// <summary>The options of training, shared by <c>train</c>, <c>script</c> and <c>export</c>.</summary>
internal sealed class FitOptionSet
{
    private readonly Option<int> epochs = CommonOptions.AtLeast(new Option<int>("--epochs") { Description = "Number of epochs.", DefaultValueFactory = _ => 1 }, 1);
    private readonly Option<int> initialEpoch = CommonOptions.AtLeast(new Option<int>("--initial-epoch") { Description = "Epoch at which to start." }, 0);
    private readonly Option<int> batchSize = CommonOptions.BatchSize();
    private readonly Option<int?> steps = new("--steps-per-epoch") { Description = "Batches per epoch; all rows without it." };
    private readonly Option<double> validationSplit = CommonOptions.Fraction(new Option<double>("--validation-split") { Description = "Fraction of the last rows held back for validation." });
    private readonly Option<int?> validationBatchSize = new("--validation-batch-size") { Description = "Rows per validation batch." };
    private readonly Option<int> validationFrequency = CommonOptions.AtLeast(new Option<int>("--validation-freq") { Description = "Validate every so many epochs.", DefaultValueFactory = _ => 1 }, 1);
    private readonly Option<bool> shuffle = new("--shuffle") { Description = "Random row order (--shuffle false keeps the order).", DefaultValueFactory = _ => true };
    private readonly Option<int?> seed = new("--seed") { Description = "Seed of the row order." };
    private readonly Option<string[]> classWeight = new("--class-weight") { Description = "Weight of classes in the loss, for example 0=1 1=2.5; the others have 1.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<TrainAlgorithm> algorithm = new("--train-algo") { Description = "Loop shape: minibatch or batch.", DefaultValueFactory = _ => TrainAlgorithm.Minibatch };
    private readonly Option<LearningRatePolicy?> policy = new("--lr-policy") { Description = "Learning-rate policy: step, fixed, exp, inv, poly or sigmoid." };
    private readonly Option<string> regularization = new("--regularization-type") { Description = "Global regularization: L1 or L2.", DefaultValueFactory = _ => "L2" };
    private readonly Option<double> weightDecay = new("--weight-decay") { Description = "Factor of the global regularization." };
    private readonly Option<string?> loss = new("--loss") { Description = "Loss, by Keras's name; replaces the model's own." };
    private readonly Option<string?> optimizer = new("--optimizer") { Description = "Optimizer, by Keras's name; replaces the model's own." };
    private readonly Option<double?> learningRate = new("--learning-rate") { Description = "Learning rate of --optimizer or, without it, of the model's own." };
    private readonly Option<string[]> metrics = new("--metrics") { Description = "Metrics, by Keras's names; replace the model's own.", AllowMultipleArgumentsPerToken = true };

    /// <summary>Adds the options that shape the program.</summary>
    public Command AddScriptOptions(Command command)
    {
        foreach (Option option in new Option[]
        {
            epochs, initialEpoch, batchSize, steps, validationSplit, validationBatchSize, validationFrequency, shuffle, seed, classWeight,
            algorithm, policy, regularization, weightDecay, loss, optimizer, learningRate, metrics,
        })
        {
            command.Options.Add(option);
        }

        regularization.AcceptOnlyFromAmong("L1", "L2");
        return command;
    }

    /// <summary>The options as given.</summary>
    public FitOptions Read(ParseResult parsed) => new()
    {
        Epochs = parsed.GetValue(epochs),
        InitialEpoch = parsed.GetValue(initialEpoch),
        BatchSize = parsed.GetValue(batchSize),
        StepsPerEpoch = parsed.GetValue(steps),
        ValidationSplit = parsed.GetValue(validationSplit),
        ValidationBatchSize = parsed.GetValue(validationBatchSize),
        ValidationFrequency = parsed.GetValue(validationFrequency),
        Shuffle = parsed.GetValue(shuffle),
        Seed = parsed.GetValue(seed),
        ClassWeight = parsed.GetValue(classWeight) is { Length: > 0 } weights ? ClassWeights(weights) : null,
        TrainAlgo = parsed.GetValue(algorithm),
        LearningRatePolicy = parsed.GetValue(policy),
        RegularizationType = parsed.GetValue(regularization)!,
        WeightDecay = parsed.GetValue(weightDecay),
    };

    private static Dictionary<int, double> ClassWeights(string[] texts)
    {
        var weights = new Dictionary<int, double>();
        foreach (string text in texts.SelectMany(t => t.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            string[] parts = text.Split('=');
            if (parts.Length != 2
                || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int label)
                || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight)
                || !double.IsFinite(weight)
                || !weights.TryAdd(label, weight))
            {
                throw CommandErrors.ClassWeight.With(text);
            }
        }

        return weights;
    }

    /// <summary>Replaces loss, optimizer and metrics where options say so.</summary>
    public void Compile(KerasModel model, ParseResult parsed)
    {
        if (parsed.GetValue(loss) is not null || parsed.GetValue(optimizer) is not null || parsed.GetValue(metrics) is { Length: > 0 } || parsed.GetValue(learningRate) is not null)
        {
            model.Compile(parsed.GetValue(optimizer), parsed.GetValue(loss), parsed.GetValue(metrics) is { Length: > 0 } m ? m : null, parsed.GetValue(learningRate));
        }
    }
}
