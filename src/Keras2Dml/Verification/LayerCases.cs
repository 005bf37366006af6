using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Core.Data;
using Keras2Dml.Keras;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Verification;

/// <summary>The layer corpus: one small model per case; outputs, masks, gradients, penalties and state updates.</summary>
internal sealed class LayerCases : ICaseSuite
{
    /// <inheritdoc/>
    public bool Handles(string part) => part == "layers";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        string file = Path.Combine(index.Folder, (string)entry["folder"]!, name);
        NetworkModel model = KerasDocument.Load(file + ".keras").Model;
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(file + ".npz");
        var comparison = new Comparison();
        var tolerances = new Tolerances(entry, options.Precision);
        GoldenGradients.Check(model, data, (string?)entry["grad"] ?? "none", entry, comparison, tolerances, options);
        return comparison.Compared == 0
            ? CaseResult.Failed(index.Part, name, "the case holds nothing to compare")
            : comparison.Failures.Count == 0 ? CaseResult.Passed(index.Part, name) : CaseResult.Failed(index.Part, name, string.Join("; ", comparison.Failures));
    }
}

/// <summary>Compares a model with the tensors of a layer or model case: outputs, gradients, penalties, state updates.</summary>
internal static class GoldenGradients
{
    public static void Check(
        NetworkModel model, IReadOnlyDictionary<string, Tensor> data, string grad, JsonObject entry, Comparison comparison, Tolerances tolerances, VerifyOptions options)
    {
        Tensor[] inputs = [.. Numbered(data, "input").Select(d => d.Value)];
        Dictionary<int, Tensor> upstreams = Numbered(data, "upstream").ToDictionary(d => d.Index, d => d.Value);
        Dictionary<int, Tensor> none = [];

        var inference = new GradientRun(model, inputs, grad == "inference" ? upstreams : none, training: false, GradientOf.Outputs, options.Compute);
        CheckOutputs(inference, data, "output", comparison, tolerances);
        foreach ((int i, Tensor mask) in Numbered(data, "mask"))
        {
            comparison.Check($"mask/{i}", inference.Mask(i), mask, 0);
        }

        bool needsTraining = grad == "train" || data.Keys.Any(k => k.StartsWith("after/", StringComparison.Ordinal) || k.StartsWith("output_train/", StringComparison.Ordinal));
        GradientRun? training = needsTraining
            ? new GradientRun(model, inputs, grad == "train" ? upstreams : none, training: true, GradientOf.Outputs, options.Compute)
            : null;
        if (training is not null)
        {
            CheckOutputs(training, data, "output_train", comparison, tolerances);
            foreach ((string path, Tensor after) in Named(data, "after/"))
            {
                // What training leaves alone keeps its value.
                comparison.Check("after/" + path, training.StateUpdate(path) ?? model.Parameters.FirstOrDefault(p => p.Path == path)?.Value, after, tolerances.Other("output"));
            }
        }

        GradientRun? gradients = grad == "train" ? training : grad == "inference" ? inference : null;
        if (gradients is not null)
        {
            CheckGradients(gradients, data, string.Empty, comparison, tolerances, entry);
        }

        CheckStates(model, inputs, data, inference, comparison, tolerances, options);
        if (data.ContainsKey("loss") && !data.ContainsKey("target/0"))
        {
            CheckPenalties(model, inputs, data, comparison, tolerances, entry, options);
        }
    }

    /// <summary>Arrays <c>prefix/0</c>, <c>prefix/1</c>, ... in order.</summary>
    public static IEnumerable<(int Index, Tensor Value)> Numbered(IReadOnlyDictionary<string, Tensor> data, string prefix) => data
        .Where(d => d.Key.StartsWith(prefix + "/", StringComparison.Ordinal) && int.TryParse(d.Key.AsSpan(prefix.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(d => (int.Parse(d.Key.AsSpan(prefix.Length + 1), CultureInfo.InvariantCulture), d.Value)).OrderBy(d => d.Item1);

    /// <summary>Arrays whose key starts with a prefix, by the rest of the key.</summary>
    public static IEnumerable<(string Name, Tensor Value)> Named(IReadOnlyDictionary<string, Tensor> data, string prefix) =>
        data.Where(d => d.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(d => (d.Key[prefix.Length..], d.Value));

    private static void CheckOutputs(GradientRun run, IReadOnlyDictionary<string, Tensor> data, string prefix, Comparison comparison, Tolerances tolerances)
    {
        foreach ((int i, Tensor output) in Numbered(data, prefix))
        {
            comparison.Check($"{prefix}/{i}", run.Output(i), output, tolerances.Forward("output"));
        }
    }

    private static void CheckGradients(GradientRun run, IReadOnlyDictionary<string, Tensor> data, string prefix, Comparison comparison, Tolerances tolerances, JsonObject entry)
    {
        (string Name, Tensor Value)[] weights = [.. Named(data, prefix + "dweight/")];
        (int Index, Tensor Value)[] inputs = [.. Numbered(data, prefix + "dinput")];
        double largest = weights.Select(w => Comparison.Magnitude(w.Value)).Concat(inputs.Select(i => Comparison.Magnitude(i.Value))).DefaultIfEmpty(0).Max();
        string notes = (string?)entry["notes"] ?? string.Empty;
        foreach ((int i, Tensor gradient) in inputs)
        {
            comparison.Check($"{prefix}dinput/{i}", run.InputGradient(i) ?? Zeros(gradient), gradient, tolerances.Other("dinput"), ScaleOf(gradient, largest, notes, $"dinput/{i}"));
        }

        foreach ((string path, Tensor gradient) in weights)
        {
            comparison.Check($"{prefix}dweight/{path}", run.ParameterGradient(path) ?? ZerosIfZero(gradient), gradient, tolerances.Other("dweight"), ScaleOf(gradient, largest, notes, path));
        }
    }

    // Tensors that are zero but for rounding (named in the notes, or below 1e-12 of the largest) are compared against the largest of their group.
    private static double ScaleOf(Tensor reference, double largest, string notes, string name) =>
        notes.Contains(name, StringComparison.Ordinal) || Comparison.Magnitude(reference) < 1e-12 * largest ? largest : 0;

    // An input that no output depends on gets no gradient from the program: its reference must be zero.
    private static Tensor Zeros(Tensor like) => Tensor.Zeros(ElementType.Float64, [.. like.Shape]);

    private static Tensor? ZerosIfZero(Tensor reference) => Comparison.Magnitude(reference) == 0 ? Zeros(reference) : null;

    private static void CheckStates(
        NetworkModel model, Tensor[] inputs, IReadOnlyDictionary<string, Tensor> data, GradientRun first, Comparison comparison, Tolerances tolerances, VerifyOptions options)
    {
        foreach ((string place, Tensor state) in Named(data, "after_state/"))
        {
            int slash = place.LastIndexOf('/');
            int position = int.Parse(place.AsSpan(slash + 1), CultureInfo.InvariantCulture);
            Tensor? ours = first.StateUpdates.Where(u => !u.Parameter.Spec.Stored && u.Parameter.Path.StartsWith(place[..slash] + "/", StringComparison.Ordinal))
                .Select(u => u.Value).ElementAtOrDefault(position);
            comparison.Check("after_state/" + place, ours, state, tolerances.Other("output"));
        }

        if (!data.Keys.Any(k => k.StartsWith("output_next/", StringComparison.Ordinal)))
        {
            return;
        }

        Dictionary<ModelParameter, Tensor?> before = model.Parameters.ToDictionary(p => p, p => p.Value);
        foreach ((ModelParameter parameter, Tensor value) in first.StateUpdates)
        {
            parameter.Value = value;
        }

        CheckOutputs(new GradientRun(model, inputs, new Dictionary<int, Tensor>(), training: false, GradientOf.Outputs, options.Compute), data, "output_next", comparison, tolerances);
        foreach ((ModelParameter parameter, Tensor? value) in before)
        {
            parameter.Value = value;
        }
    }

    private static void CheckPenalties(
        NetworkModel model, Tensor[] inputs, IReadOnlyDictionary<string, Tensor> data, Comparison comparison, Tolerances tolerances, JsonObject entry, VerifyOptions options)
    {
        var run = new GradientRun(model, inputs, new Dictionary<int, Tensor>(), training: false, GradientOf.Penalties, options.Compute);
        comparison.Check("loss", run.Loss, data["loss"], tolerances.Forward("output"));
        CheckGradients(run, data, "loss_", comparison, tolerances, entry);
        if (data.TryGetValue("loss_train", out Tensor? lossInTraining))
        {
            var training = new GradientRun(model, inputs, new Dictionary<int, Tensor>(), training: true, GradientOf.Penalties, options.Compute);
            comparison.Check("loss_train", training.Loss, lossInTraining, tolerances.Forward("output"));
        }
    }
}
