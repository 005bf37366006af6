using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Random;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Verification.Training;

/// <summary>Draws of keras.random by seed, by SeedGenerator, and by the global generator: bit for bit.</summary>
internal sealed class RandomCases : ICaseSuite
{
    /// <inheritdoc/>
    public bool Handles(string part) => part == "training/random";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        string kind = (string)entry["kind"]!;
        var config = entry["config"]!.AsObject();
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        var comparison = new Comparison();
        foreach ((string key, Tensor reference) in data.Where(d => d.Key != "input"))
        {
            (long seed, long counter) = State(key);
            Tensor? actual = kind switch
            {
                "dropout" => Dropout(config, data["input"], seed, counter, options),
                "shuffle" => Shuffle(data["input"], (int?)config["axis"] ?? 0, Philox.FromSeed(seed, counter)),
                _ => Draw(kind, config, reference, Philox.FromSeed(seed, counter)),
            };
            if (actual is null)
            {
                return CaseResult.Skipped(index.Part, name, $"draws of keras.random.{kind} are not reproduced");
            }

            comparison.Check(key, actual, reference, 0);
        }

        return CaseProgram.Result(index, name, comparison);
    }

    /// <summary>Seed and counter of a draw: <c>seed42</c>, <c>generator1337/draw2</c>, <c>global2024/draw2</c>.</summary>
    private static (long Seed, long Counter) State(string key)
    {
        if (key.StartsWith("seed", StringComparison.Ordinal))
        {
            return (long.Parse(key.AsSpan(4), CultureInfo.InvariantCulture), 0);
        }

        int slash = key.IndexOf("/draw", StringComparison.Ordinal);
        long draw = long.Parse(key.AsSpan(slash + 5), CultureInfo.InvariantCulture);
        if (key.StartsWith("generator", StringComparison.Ordinal))
        {
            return (long.Parse(key.AsSpan(9, slash - 9), CultureInfo.InvariantCulture), draw);
        }

        // The global generator takes its seed from Python's random, and changes both words with a draw (keras/src/random/seed_generator.py, draw_seed).
        (long seed, long counter) = (new PythonRandom(long.Parse(key.AsSpan(6, slash - 6), CultureInfo.InvariantCulture)).NextInteger(1, 1_000_000_000), 0);
        for (long i = 0; i < draw; i++)
        {
            (seed, counter) = ((seed + 1) * 5387 % 933199, (counter + 1) * 5387 % 933199);
        }

        return (seed, counter);
    }

    private static Tensor? Draw(string kind, JsonObject config, Tensor reference, Philox stream)
    {
        int count = reference.Length;
        int[] shape = [.. reference.Shape];
        float Number(string key, float @default) => (float)((double?)config[key] ?? @default);
        return kind switch
        {
            "uniform" => Tensor.From(KerasRandom.Uniform(count, stream, Number("minval", 0), Number("maxval", 1)), shape),
            "normal" => Tensor.From(KerasRandom.Normal(count, stream, Number("mean", 0), Number("stddev", 1)), shape),
            "truncated_normal" => Tensor.From(KerasRandom.TruncatedNormal(count, stream, Number("mean", 0), Number("stddev", 1)), shape),
            "randint" when (string?)config["dtype"] == "int64" => Tensor.From(KerasRandom.LongIntegers(count, stream, (long)config["minval"]!, (long)config["maxval"]!), shape),
            "randint" => Tensor.From(KerasRandom.Integers(count, stream, (int)config["minval"]!, (int)config["maxval"]!), shape),
            _ => null,
        };
    }

    /// <summary>A Dropout layer in training; the reference's draw is that of float32.</summary>
    private static Tensor? Dropout(JsonObject config, Tensor input, long seed, long counter, VerifyOptions options)
    {
        NetworkModel model = CaseModels.Of("Dropout", (JsonObject)config.DeepClone(), LossCases.RowShape(input));
        foreach (ModelParameter parameter in model.Parameters)
        {
            parameter.Value = Tensor.From(new[] { seed, counter }, 2).Cast(parameter.Spec.Type);
        }

        var run = new GradientRun(model, [input], new Dictionary<int, Tensor>(), training: true, GradientOf.Outputs, options.Compute with { Precision = Precision.Single });
        return run.Output(0);
    }

    private static Tensor Shuffle(Tensor input, int axis, Philox stream)
    {
        int size = input.Shape[axis];
        int inner = input.Shape.Skip(axis + 1).Aggregate(1, (a, b) => a * b);
        int[] order = KerasRandom.Permutation(size, stream);
        float Value(int i) => (float)input.GetDouble((((i / inner / size * size) + order[i / inner % size]) * inner) + (i % inner));
        return Tensor.From(Enumerable.Range(0, input.Length).Select(Value).ToArray(), [.. input.Shape]);
    }
}
