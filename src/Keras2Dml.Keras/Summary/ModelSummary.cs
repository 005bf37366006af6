using System.Globalization;
using System.Text;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Keras.Training;
using Keras2Dml.Keras.Weights;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Keras.Summary;

/// <summary>Options of <see cref="ModelSummary"/>, named as in Keras.</summary>
/// <param name="LineLength">Length of a line; null for Keras's own choice.</param>
/// <param name="ExpandNested">True to list the layers of nested models.</param>
/// <param name="ShowTrainable">True for a column that tells whether a layer is trained.</param>
/// <param name="ConsoleWidth">Lines are cut here; Keras's text without a terminal has 80.</param>
internal sealed record SummaryOptions(int? LineLength = null, bool ExpandNested = false, bool ShowTrainable = false, int ConsoleWidth = 80);

/// <summary>The text that Keras's <c>model.summary()</c> gives (keras/src/utils/summary_utils.py).</summary>
internal static class ModelSummary
{
    /// <summary>The text with one line break at the end of each line.</summary>
    public static string Text(KerasDocument document, SummaryOptions options)
    {
        ModelConfig model = document.Outline;
        bool chain = SummaryGraph.IsChain(model);
        string batch = BatchOf(model);
        var table = new TextTable(Columns(chain, options), LineLength(chain, options), options.ConsoleWidth);
        foreach (ConfiguredLayer layer in Shown(model, operations: true))
        {
            AddLayer(table, layer, 0, chain, batch, options, layer.Calls);
        }

        var text = new StringBuilder();
        text.Append("Model: \"").Append(model.Name).Append("\"\n");
        foreach (string line in table.Lines())
        {
            text.Append(line).Append('\n');
        }

        AddTotals(text, document);
        return text.ToString();
    }

    private static int LineLength(bool chain, SummaryOptions options) =>
        options.LineLength ?? Math.Min((chain ? 88 : 108) + (options.ShowTrainable ? 11 : 0), options.ConsoleWidth - 4);

    private static TextColumn[] Columns(bool chain, SummaryOptions options)
    {
        List<(string Header, double End, TextAlignment Alignment)> columns = chain
            ? [("Layer (type)", 0.45, TextAlignment.Left), ("Output Shape", 0.80, TextAlignment.Left), ("Param #", 1.0, TextAlignment.Right)]
            : [("Layer (type)", 0.3, TextAlignment.Left), ("Output Shape", 0.56, TextAlignment.Left), ("Param #", 0.74, TextAlignment.Right), ("Connected to", 1.0, TextAlignment.Left)];
        if (options.ShowTrainable)
        {
            columns = [.. columns.Select(c => (c.Header, c.End * 0.90, c.Alignment)), ("Trainable", 1.0, TextAlignment.Center)];
        }

        int length = LineLength(chain, options);
        int start = 0;
        var result = new List<TextColumn>();
        foreach ((string header, double end, TextAlignment alignment) in columns)
        {
            int width = (int)(end * length) - start;
            start += width;
            result.Add(new TextColumn(header, width, alignment));
        }

        return [.. result];
    }

    // A Sequential model does not list its input, and nested models do not list operations.
    private static IEnumerable<ConfiguredLayer> Shown(ModelConfig model, bool operations) =>
        model.Layers.Where(l => !(model.IsSequential && l.IsInput) && (operations || !l.IsOperation));

    private static void AddLayer(TextTable table, ConfiguredLayer layer, int level, bool chain, string batch, SummaryOptions options, IReadOnlyList<LayerCall> calls)
    {
        string prefix = level == 0 ? "" : new string(' ', 3 * level) + "└ ";
        ModelParameter[] weights = [.. Weights(layer)];
        List<string> cells = [$"{prefix}{layer.Name} ({layer.ClassName})", ShapeText(layer, batch), Count(weights.Sum(Elements))];
        if (!chain)
        {
            string[] sources = [.. calls.SelectMany(c => c.Tensors).Select(t => $"{t.Layer}[{t.ShownCall}][{t.Output}]")];
            cells.Add(sources.Length == 0 ? "-" : string.Join(", ", sources));
        }

        if (options.ShowTrainable)
        {
            cells.Add(weights.Length == 0 ? "-" : IsTrainable(layer) ? "Y" : "N");
        }

        table.Add(cells);
        if (options.ExpandNested && layer.Model is { } nested)
        {
            foreach (ConfiguredLayer inner in Shown(nested, operations: false))
            {
                AddLayer(table, inner, level + 1, chain, batch, options, []);
            }
        }
    }

    public static bool IsTrainable(ConfiguredLayer layer) => layer.Model?.Trainable ?? layer.Use!.Layer.Trainable;

    public static IEnumerable<ModelParameter> Weights(ConfiguredLayer layer) =>
        (layer.Model is null ? [layer] : layer.Model.Leaves()).SelectMany(l => l.Use!.Parameters).Where(p => !VariableValues.IsSeedState(p.Spec));

    private static string ShapeText(ConfiguredLayer layer, string batch) => layer.OutputSpecs.Count == 0 ? "?" : ShapeText(layer.OutputSpecs[^1], batch);

    /// <summary>Shapes of outputs: one as it is, several as a list.</summary>
    public static string ShapeText(IReadOnlyList<TensorSpec> outputs, string batch)
    {
        string[] shapes = [.. outputs.Select(s => ShapeText(s.Shape, batch))];
        return shapes.Length == 1 ? shapes[0] : "[" + string.Join(", ", shapes) + "]";
    }

    // (None) for vectors: Keras prints no comma here.
    private static string ShapeText(Shape shape, string batch) => shape.Rank == 0 ? $"({batch})" : shape.ToString().Replace("(None", "(" + batch, StringComparison.Ordinal);

    // A batch size that the model fixes, as stateful layers need it.
    public static string BatchOf(ModelConfig model)
    {
        if (model.Inputs.Count == 0 || model.Layers.Find(l => l.Name == model.Inputs[0].Layer)?.Use?.Layer.Config.Values is not { } values)
        {
            return "None";
        }

        return (values.GetValueOrDefault("batch_shape") ?? values.GetValueOrDefault("batch_input_shape")) is object?[] { Length: > 0 } shape && shape[0] is long size
            ? size.ToString(CultureInfo.InvariantCulture)
            : "None";
    }

    private static void AddTotals(StringBuilder text, KerasDocument document)
    {
        List<(ModelParameter Parameter, bool Trained)> weights =
        [
            .. document.Model.Layers.SelectMany(l => l.Parameters.Where(p => !VariableValues.IsSeedState(p.Spec)).Select(p => (p, l.Trainable && p.Spec.Trainable))),
        ];
        (long Count, long Bytes) trained = Sum(weights.Where(w => w.Trained).Select(w => w.Parameter));
        (long Count, long Bytes) fixedOnes = Sum(weights.Where(w => !w.Trained).Select(w => w.Parameter));
        (long Count, long Bytes)? optimizer = Optimizer(document);
        Line("Total", (trained.Count + fixedOnes.Count + (optimizer?.Count ?? 0), trained.Bytes + fixedOnes.Bytes + (optimizer?.Bytes ?? 0)));
        Line("Trainable", trained);
        Line("Non-trainable", fixedOnes);
        if (optimizer is { } built)
        {
            Line("Optimizer", built);
        }

        void Line(string what, (long Count, long Bytes) size) =>
            text.Append(' ').Append(what).Append(" params: ").Append(Count(size.Count)).Append(" (").Append(Memory(size.Bytes)).Append(")\n");
    }

    // Keras builds the optimizer of a compiled model when it loads it, so its variables count even when the file holds none.
    public static (long Count, long Bytes)? Optimizer(KerasDocument document)
    {
        if ((document.Model.Training?.Optimizer ?? TrainingReader.OptimizerOf(document.File)) is not { } optimizer)
        {
            return document.File.Hdf?.Group("optimizer/vars") is { } stored
                ? (stored.Children.Values.OfType<HdfDataset>().Sum(Elements), stored.Children.Values.OfType<HdfDataset>().Sum(d => Elements(d) * d.Type.Size))
                : null;
        }

        IReadOnlyList<ModelParameter> trained = OptimizerState.TrainedParameters(document.Model);
        long count = 0;
        long bytes = 0;
        foreach (OptimizerVariableSpec spec in new OptimizerSettings(optimizer).Variables([.. trained.Select(OptimizedVariable.Of)]))
        {
            long elements = spec.Shape.Aggregate(1L, (a, b) => a * b);
            count += elements;
            bytes += elements * (spec.Slot.Type == ElementType.Int64 ? 8 : 4);
        }

        return (count, bytes);
    }

    private static long Elements(HdfDataset dataset) => dataset.Dimensions.Aggregate(1L, (a, b) => a * b);

    private static (long Count, long Bytes) Sum(IEnumerable<ModelParameter> parameters)
    {
        ModelParameter[] all = [.. parameters];
        return (all.Sum(Elements), all.Sum(p => Elements(p) * (p.Spec.Type is ElementType.Float64 or ElementType.Int64 ? 8 : p.Spec.Type == ElementType.Bool ? 1 : 4)));
    }

    public static long Elements(ModelParameter parameter) => parameter.Spec.Shape.Aggregate(1L, (a, b) => a * b);

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Memory(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB", "PB"];
        int unit = 0;
        while (bytes >= 1024 && unit < units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString("0.00", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
