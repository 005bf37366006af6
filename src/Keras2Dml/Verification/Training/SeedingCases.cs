using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Random;
using Keras2Dml.Keras;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Initialization;

namespace Keras2Dml.Verification.Training;

/// <summary>What set_random_seed decides: initial weights of a model, order of the rows in fit.</summary>
internal sealed class SeedingCases : ICaseSuite
{
    private const double OrthogonalTolerance = 2e-7;

    /// <inheritdoc/>
    public bool Handles(string part) => part == "training/seeding";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        string file = Path.Combine(index.Folder, name);
        long seed = (long)entry["config"]!["seed"]!;
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(file + ".npz");
        var comparison = new Comparison();
        if ((string)entry["kind"]! == "fit_order")
        {
            Tensor order = data["order"];
            int rows = order.Shape[^1];
            long[] ours = [.. KerasRandom.FitOrder(rows, seed).Select(r => (long)r)];
            comparison.Check("order", Tensor.From(Enumerable.Repeat(ours, order.Length / rows).SelectMany(o => o).ToArray(), [.. order.Shape]), order, 0);
            return CaseProgram.Result(index, name, comparison);
        }

        NetworkModel model = KerasDocument.Load(file + ".keras", configOnly: true).Model;
        foreach (ModelParameter parameter in model.Parameters)
        {
            parameter.Value = null;
        }

        ModelInitializer.Initialize(model, seed);
        foreach ((string path, Tensor reference) in GoldenGradients.Named(data, "weights/"))
        {
            comparison.Check(path, Find(model, path)?.Value, reference, OrthogonalTolerance);
        }

        return CaseProgram.Result(index, name, comparison);
    }

    /// <summary>A variable by the path of the reference; states of seed generators are numbered through the model there: <c>seed_generator_1/seed_generator_state</c>.</summary>
    private static ModelParameter? Find(NetworkModel model, string path)
    {
        if (path.StartsWith("seed_generator", StringComparison.Ordinal))
        {
            string number = path["seed_generator".Length..path.IndexOf('/', StringComparison.Ordinal)].TrimStart('_');
            return model.Parameters.Where(p => p.Spec.Name.EndsWith("seed_generator_state", StringComparison.Ordinal))
                .ElementAtOrDefault(number.Length == 0 ? 0 : int.Parse(number, CultureInfo.InvariantCulture));
        }

        return model.Parameters.FirstOrDefault(p => p.Path == path || path.EndsWith("/" + p.Path, StringComparison.Ordinal));
    }
}
