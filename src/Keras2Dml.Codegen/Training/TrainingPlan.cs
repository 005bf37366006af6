using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Training;

/// <summary>The loss of an output: its function, and how the target of the data becomes the one that the function takes.</summary>
/// <param name="Output">Index of the output.</param>
/// <param name="Name">Keras's name of the value: <c>loss</c>, or <c>&lt;output&gt;_loss</c> with several outputs.</param>
/// <param name="Config">The loss as configured.</param>
/// <param name="Function">Its function.</param>
/// <param name="Weight">Loss weight.</param>
/// <param name="TakesLogits">True when the function takes the logits.</param>
internal sealed record LossPlan(int Output, string Name, KerasObject Config, ValueFunction Function, double Weight, bool TakesLogits);

/// <summary>A metric of an output.</summary>
/// <param name="Output">Index of the output.</param>
/// <param name="Name">Keras's name in logs.</param>
/// <param name="Meaning">What it computes.</param>
/// <param name="IsWeighted">True when sample weights count.</param>
/// <param name="TakesLogits">True when the function takes the logits.</param>
/// <param name="Direction">Which values are better.</param>
internal sealed record MetricPlan(int Output, string Name, MetricMeaning Meaning, bool IsWeighted, bool TakesLogits, MetricDirection Direction)
{
    /// <summary>Names of its numbers in logs: its own name, or <c>name[0]</c>, <c>name[1]</c>, ... for several.</summary>
    public IEnumerable<string> Names => Meaning.Size == 1 ? [Name] : Enumerable.Range(0, Meaning.Size).Select(i => Invariant($"{Name}[{i}]"));
}

/// <summary>The target of an output.</summary>
/// <param name="Columns">Columns of the data.</param>
/// <param name="OneHotClasses">Number of classes when the data hold class numbers and the functions take one-hot rows; otherwise null.</param>
/// <param name="Classes">Number of classes when the target holds class numbers; otherwise null.</param>
/// <param name="IgnoredLabel">Label that stands for no class; null for none.</param>
internal sealed record TargetPlan(int Columns, int? OneHotClasses, int? Classes, double? IgnoredLabel);

/// <summary>Losses, metrics and targets of a model that is trained or evaluated, from how it was compiled and from the shapes of the data.</summary>
internal sealed class TrainingPlan
{
    public TrainingPlan(LoweredNetwork network, TrainingSpec training, IReadOnlyList<Shape>? targetShapes)
    {
        var losses = new List<LossPlan>();
        var metrics = new List<MetricPlan>();
        var targets = new List<TargetPlan>();
        bool several = network.Outputs.Length > 1;
        for (int i = 0; i < network.Outputs.Length; i++)
        {
            LoweredOutput output = network.Outputs[i];
            Shape prediction = network.Tensors[output.Tensor].Spec.Shape;
            KerasObject? config = training.Losses.Count > i ? training.Losses[i] : null;
            LossDefinition? loss = config is null ? null : LossTable.Find(config);
            bool sparse = loss?.SparseTarget ?? false;
            Shape data = targetShapes is not null && targetShapes.Count > i ? targetShapes[i] : sparse ? Positions(prediction) : prediction;

            // Class numbers for a loss that takes one-hot rows are encoded by the script.
            bool oneHot = loss is { TakesLogits: true, SparseTarget: false } && prediction.Rank == 1 && prediction[0] > 1 && data.Elements == 1;
            Shape target = oneHot ? prediction : data;
            string prefix = several ? output.Source.Name + "_" : "";
            double? ignored = null;
            if (config is not null && loss is not null)
            {
                bool logits = loss.UsesLogits(config) && output.Logits is not null;
                ValueFunction function = loss.Values(new ValueContext(config, prediction, target, logits));
                ignored = function.IgnoredLabel;
                losses.Add(new LossPlan(i, prefix + "loss", config, function, training.LossWeights is { } w && w.Count > i ? w[i] : 1, logits));
            }

            targets.Add(new TargetPlan(data.Elements, oneHot ? prediction[0] : null, (sparse && !loss!.HasFreeLabels) || oneHot ? prediction[-1] : null, ignored));
            foreach ((IReadOnlyList<IReadOnlyList<KerasObject>> all, bool weighted) in new[] { (training.Metrics, false), (training.WeightedMetrics, true) })
            {
                foreach (KerasObject metric in all.Count > i ? all[i] : [])
                {
                    metrics.Add(Metric(metric, prefix, i, output, prediction, target, weighted, metrics));
                }
            }
        }

        Losses = losses;
        Metrics = metrics;
        Targets = targets;
        HasOutputLosses = several && losses.Count > 0;
        Names = ["loss", .. several ? losses.Select(l => l.Name) : [], .. metrics.SelectMany(m => m.Names)];
    }

    public IReadOnlyList<LossPlan> Losses { get; }

    public IReadOnlyList<MetricPlan> Metrics { get; }

    /// <summary>One entry for each output.</summary>
    public IReadOnlyList<TargetPlan> Targets { get; }

    /// <summary>Names of the values in logs, in the order of the script's metrics row.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Which values of a name in the logs are better.</summary>
    public MetricDirection DirectionOf(string name) => Metrics.FirstOrDefault(m => m.Names.Contains(name))?.Direction ?? MetricDirection.Down;

    /// <summary>True when every output's loss has a value of its own in the logs.</summary>
    public bool HasOutputLosses { get; }

    private static Shape Positions(Shape prediction) => prediction.Rank <= 1 ? new Shape() : new Shape(prediction.Sizes[..^1].ToArray());

    private static MetricPlan Metric(KerasObject config, string prefix, int index, LoweredOutput output, Shape prediction, Shape target, bool weighted, List<MetricPlan> before)
    {
        KerasObject metric = MetricTable.Resolve(config, prediction, target);
        MetricDefinition definition = MetricTable.Find(metric);
        bool logits = definition.UsesLogits(metric) && output.Logits is not null;
        string name = prefix + (metric.OptionalString("name") ?? SnakeCase(metric.ClassName));
        string unique = name;
        for (int i = 1; before.Exists(m => m.Name == unique); i++)
        {
            unique = Invariant($"{name}_{i}");
        }

        if (!definition.TakesTargets)
        {
            throw TrainingErrors.MetricOfValues.With(metric.ClassName);
        }

        return new MetricPlan(index, unique, definition.Meaning(new ValueContext(metric, prediction, target, logits)), weighted, logits, definition.Direction);
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 && !char.IsAsciiLetterUpper(name[i - 1]) ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
