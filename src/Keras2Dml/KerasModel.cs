using Keras2Dml.Codegen;
using Keras2Dml.Core.Errors;
using Keras2Dml.Execution;
using Keras2Dml.Keras;
using Keras2Dml.Keras.Drawing;
using Keras2Dml.Keras.Saving;
using Keras2Dml.Keras.Summary;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml;

/// <summary>A Keras model: loaded from a file, trained, evaluated and used through the DML programs generated from it, and saved back.</summary>
/// <remarks>Not thread-safe; for servers take a <see cref="Predictor"/>. Keras: <c>keras.Model</c>; original system: the <c>Keras2DML</c> estimator.</remarks>
public sealed partial class KerasModel
{
    private readonly KerasDocument document;

    private KerasModel(KerasDocument document)
    {
        this.document = document;
        Network = document.Model;
        Training = Network.Training;
        Inputs = [.. Network.Inputs.Select(i => PortOf(i.Name, i.Tensor))];
        Outputs = [.. Network.Outputs.Select(o => PortOf(o.Name, o.Tensor))];
    }

    /// <summary>Keras's name of the model.</summary>
    public string Name => Network.Name;

    /// <summary>The inputs in the model's order.</summary>
    public IReadOnlyList<ModelPort> Inputs { get; }

    /// <summary>The outputs in the model's order.</summary>
    public IReadOnlyList<ModelPort> Outputs { get; }

    /// <summary>True when loss and optimizer are known, from the file or from <see cref="Compile(Optimizer, Loss, Metric[])"/>.</summary>
    public bool IsCompiled => Training is not null;

    /// <summary>Number of numbers in all variables. Keras: <c>count_params()</c>.</summary>
    public long ParameterCount => Network.Parameters.Where(IsWeight).Sum(p => p.Spec.Shape.Aggregate(1L, (a, b) => a * b));

    /// <summary>All variables by Keras's path, with their values in Keras's order. Keras: <c>model.weights</c>.</summary>
    public IEnumerable<Weight> Weights => Network.Parameters.Where(p => IsWeight(p) && p.Value is not null).Select(p => new Weight(p.Path, p.Value!));

    /// <summary>Time and calls per operator of the last run with <see cref="FitOptions.CollectStatistics"/>.</summary>
    public string LastStatistics { get; private set; } = string.Empty;

    internal NetworkModel Network { get; }

    internal TrainingSpec? Training { get; private set; }

    /// <summary>Loads a model: <c>.keras</c> (file or unzipped folder), <c>.h5</c> of any Keras generation, or <c>.json</c> from <c>to_json()</c>.</summary>
    /// <param name="path">The file; its kind is found from its first bytes, not from its name.</param>
    /// <returns>The model with its weights and, when compiled, its loss, optimizer and optimizer state.</returns>
    /// <exception cref="Keras2DmlException">The file is missing, damaged or holds something unsupported; all problems are listed together.</exception>
    public static KerasModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new KerasModel(KerasDocument.Load(path));
    }

    /// <summary>Saves the model with its present weights, compile configuration and optimizer state; everything else of the original file is kept.</summary>
    /// <param name="path">Ends in <c>.keras</c>, <c>.h5</c>, <c>.weights.h5</c> (weights alone) or <c>.json</c> (the configuration alone). Written to a temporary file first, then renamed.</param>
    /// <exception cref="Keras2DmlException">The path cannot be written, or the ending is another.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        document.Save(path, Training);
    }

    /// <summary>Gives the model a loss, an optimizer and metrics. Keras: <c>model.compile</c>.</summary>
    /// <param name="optimizer">The optimizer; its state starts anew.</param>
    /// <param name="loss">The loss of every output.</param>
    /// <param name="metrics">Metrics of every output.</param>
    public void Compile(Optimizer optimizer, Loss loss, params Metric[] metrics)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(metrics);
        Compile(optimizer, [.. Outputs.Select(_ => loss)], [.. Outputs.Select(_ => metrics)]);
    }

    /// <summary>Gives a model with several outputs a loss and metrics for each. Keras: <c>model.compile</c> with lists.</summary>
    /// <param name="optimizer">The optimizer; its state starts anew.</param>
    /// <param name="losses">One per output in the model's order; null for an output without loss.</param>
    /// <param name="metrics">Metrics per output; null for none.</param>
    /// <param name="lossWeights">Factor of each loss; null for 1. Keras: <c>loss_weights</c>.</param>
    /// <param name="weightedMetrics">Metrics per output that sample weights and class weights apply to; null for none. Keras: <c>weighted_metrics</c>.</param>
    /// <exception cref="Keras2DmlException">A list has not one entry per output, or no output has a loss.</exception>
    public void Compile(
        Optimizer optimizer,
        IReadOnlyList<Loss?> losses,
        IReadOnlyList<IReadOnlyList<Metric>>? metrics = null,
        IReadOnlyList<double>? lossWeights = null,
        IReadOnlyList<IReadOnlyList<Metric>>? weightedMetrics = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(losses);
        Check("losses", losses.Count);
        Check("metrics", metrics?.Count);
        Check("loss weights", lossWeights?.Count);
        Check("weighted metrics", weightedMetrics?.Count);
        if (losses.All(l => l is null))
        {
            throw TrainingErrors.NoLoss.With();
        }

        Training = new TrainingSpec
        {
            Optimizer = optimizer.Config,
            Losses = [.. losses.Select(l => l?.Config)],
            LossWeights = lossWeights,
            Metrics = Configs(metrics),
            WeightedMetrics = Configs(weightedMetrics),
        };

        void Check(string what, int? count)
        {
            if (count is { } received && received != Outputs.Count)
            {
                throw TrainingErrors.PerOutput.With(what, string.Join(", ", Outputs.Select(o => o.Name)), received);
            }
        }

        static IReadOnlyList<IReadOnlyList<KerasObject>> Configs(IReadOnlyList<IReadOnlyList<Metric>>? lists) =>
            lists is null ? [] : [.. lists.Select(l => (IReadOnlyList<KerasObject>)[.. l.Select(m => m.Config)])];
    }

    /// <summary>Takes the weights of another file: weights alone (<c>.weights.h5</c>, a legacy weights file) or a whole model of the same structure. Keras: <c>model.load_weights</c>.</summary>
    /// <param name="path">The file; its kind is found from its first bytes.</param>
    /// <exception cref="Keras2DmlException">The file is missing or damaged, or its variables do not fit; all problems are listed together.</exception>
    public void LoadWeights(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Training is not null)
        {
            document.SetTraining(Training);
        }

        document.LoadWeights(path);
        Training = document.Model.Training;
    }

    /// <summary>The table of <c>model.summary()</c>.</summary>
    /// <param name="lineLength">Width of the table in characters.</param>
    /// <param name="expandNested">Show the layers of nested models.</param>
    /// <param name="showTrainable">Show whether a layer is trainable.</param>
    /// <returns>The text.</returns>
    public string Summary(int lineLength = 98, bool expandNested = false, bool showTrainable = false) =>
        ModelSummary.Text(document, new SummaryOptions(lineLength, expandNested, showTrainable));

    /// <summary>The endings that <see cref="Save"/> knows.</summary>
    internal static IReadOnlyList<string> FileEndings => DocumentWriter.Endings;

    /// <summary>The ending under which all of the model can be saved: <c>.h5</c> for models of Keras 1 and 2.</summary>
    internal string FileEnding => DocumentWriter.IsModern(document) ? ".keras" : ".h5";

    /// <summary>Fails now when <see cref="Save"/> would not take the name: before a long training.</summary>
    internal void CheckSave(string path) => DocumentWriter.Check(document, path);

    /// <summary>Saves the model with other values of variables; the model itself keeps its own.</summary>
    internal void SaveWith(IReadOnlyList<KeyValuePair<ModelParameter, Tensor>> values, string path)
    {
        Tensor?[] before = [.. values.Select(v => v.Key.Value)];
        try
        {
            foreach ((ModelParameter parameter, Tensor value) in values)
            {
                parameter.Value = value.Cast(parameter.Spec.Type);
            }

            document.Save(path, Training);
        }
        finally
        {
            for (int i = 0; i < before.Length; i++)
            {
                values[i].Key.Value = before[i];
            }
        }
    }

    internal static KerasModel LoadConfiguration(string path) => new(KerasDocument.Load(path, configOnly: true));

    internal string Dot() => DotText.Write(Name, DrawnModelBuilder.Build(document));

    internal string Svg() => SvgText.Write(Name, DrawnModelBuilder.Build(document));

    internal string Mermaid() => MermaidText.Write(DrawnModelBuilder.Build(document));

    internal string SummaryJson() => ModelFacts.Json(document).ToJsonString() + "\n";

    internal void Compile(string? optimizer, string? loss, string[]? metrics, double? learningRate)
    {
        TrainingSpec? before = optimizer is null || loss is null ? RequireTraining() : Training;
        TrainingSpec rated = before is not null && optimizer is null && learningRate is { } own ? WithLearningRate(before, own) : before!;
        Training = new TrainingSpec
        {
            Optimizer = optimizer is null ? rated.Optimizer : (learningRate is { } rate ? Optimizer.Named(optimizer, rate) : Optimizer.Named(optimizer)).Config,
            OptimizerVariables = optimizer is null ? rated.OptimizerVariables : [],
            Losses = loss is null ? before!.Losses : [.. Outputs.Select(_ => Loss.Named(loss).Config)],
            LossWeights = loss is null ? before!.LossWeights : null,
            Metrics = metrics is null ? before?.Metrics ?? [] : [.. Outputs.Select(_ => (IReadOnlyList<KerasObject>)[.. metrics.Select(m => Metric.Named(m).Config)])],
            WeightedMetrics = metrics is null ? before?.WeightedMetrics ?? [] : [],
        };
    }

    // The rate stands in the configuration and, once trained, among the optimizer's variables.
    private static TrainingSpec WithLearningRate(TrainingSpec training, double rate)
    {
        KerasObject optimizer = training.Optimizer.With("learning_rate", KerasObjects.Rate(rate));
        return training with
        {
            Optimizer = optimizer.Values.GetValueOrDefault("lr") is null ? optimizer : optimizer.With("lr", KerasObjects.Rate(rate)),
            OptimizerVariables = [.. training.OptimizerVariables.Select(v => v.Name == "learning_rate" ? v with { Value = Tensor.From([rate], v.Value.Shape.ToArray()).Cast(v.Value.ElementType) } : v)],
        };
    }

    internal string Explain(string stage, bool prediction)
    {
        if (stage == "network")
        {
            return ScriptGenerator.ExplainNetwork(Network);
        }

        if (stage == "lowered")
        {
            return ScriptGenerator.ExplainLowered(Network, new Network.Lowering.LoweringOptions { Training = !prediction });
        }

        string text = prediction || !IsCompiled ? GetPredictionScript() : GetTrainingScript();
        return stage == "script" ? text : DmlRun.Explain(text, stage);
    }

    // States of random generators and of stateful layers are no weights for Keras.
    private static bool IsWeight(ModelParameter parameter) => parameter.Spec.Stored && !parameter.Spec.Owner.EndsWith("seed_generator", StringComparison.Ordinal);

    private ModelPort PortOf(string name, TensorReference tensor)
    {
        TensorSpec spec = Network[tensor];
        var shape = new int?[spec.Shape.Rank];
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = spec.Shape[i] < 0 ? null : spec.Shape[i];
        }

        return new ModelPort(name, shape, spec.Type);
    }

    private TrainingSpec RequireTraining() => Training ?? throw (Network.TrainingProblems.Count > 0
        ? new Keras2DmlException(Network.TrainingProblems)
        : TrainingErrors.NotCompiled.With(Name));
}
