using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Random;

namespace Keras2Dml.Core.Tests.Random;

public sealed class KerasRandomTests
{
    public static TheoryData<string> Cases => [.. Entries("random").Where(e => (string)e["kind"]! is "uniform" or "normal" or "truncated_normal" or "randint" or "shuffle").Select(e => (string)e["case"]!)];

    public static TheoryData<string> Orders => [.. Entries("seeding").Where(e => (string)e["kind"]! == "fit_order").Select(e => (string)e["case"]!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Draws_equal_those_of_Keras_bit_for_bit(string name)
    {
        JsonNode entry = Entries("random").First(e => (string)e["case"]! == name);
        IReadOnlyDictionary<string, Tensor> arrays = NpzFile.ReadAll(Checkout.Golden($"training/random/{name}.npz"));
        foreach ((string key, Tensor expected) in arrays)
        {
            Philox? stream = key.StartsWith("seed", StringComparison.Ordinal) ? Philox.FromSeed(long.Parse(key[4..], System.Globalization.CultureInfo.InvariantCulture)) :
                key.StartsWith("generator1337/draw", StringComparison.Ordinal) ? Philox.FromSeed(1337, long.Parse(key["generator1337/draw".Length..], System.Globalization.CultureInfo.InvariantCulture)) : null;
            if (stream is { } known)
            {
                AssertEqual(name + " " + key, expected, Draw(entry, known, expected, arrays.GetValueOrDefault("input")));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Rows_are_shuffled_in_the_order_of_fit(string name)
    {
        JsonNode config = Entries("seeding").First(e => (string)e["case"]! == name)["config"]!;
        Tensor order = NpzFile.ReadAll(Checkout.Golden($"training/seeding/{name}.npz"))["order"];
        int rows = order.Shape[^1];
        int[] expected = [.. Enumerable.Range(0, rows).Select(i => (int)order.GetDouble(i))];
        Assert.Equal(expected, KerasRandom.FitOrder(rows, (long)config["seed"]!));
    }

    [Fact]
    public void Seeds_are_drawn_as_Python_draws_them()
    {
        int cases = 0;
        foreach (JsonNode entry in Entries("seeding").Where(e => (string)e["kind"]! == "build"))
        {
            var random = new PythonRandom((long)entry["config"]!["seed"]!);
            Assert.All(entry["drawn"]!.AsArray(), expected => Assert.Equal((int)expected!, random.NextInteger(1, 1_000_000_000)));
            cases++;
        }

        Assert.True(cases > 2);
    }

    private static Tensor Draw(JsonNode entry, Philox stream, Tensor expected, Tensor? input)
    {
        JsonNode config = entry["config"]!;
        int count = expected.Length;
        int[] shape = [.. expected.Shape];
        double Value(string name, double @default) => config[name] is { } node ? (double)node : @default;
        return (string)entry["kind"]! switch
        {
            "uniform" when expected.ElementType == ElementType.Float64 => Tensor.From(KerasRandom.UniformDouble(count, stream, Value("minval", 0), Value("maxval", 1)), shape),
            "uniform" => Tensor.From(KerasRandom.Uniform(count, stream, (float)Value("minval", 0), (float)Value("maxval", 1)), shape),
            "normal" => Tensor.From(KerasRandom.Normal(count, stream, (float)Value("mean", 0), (float)Value("stddev", 1)), shape),
            "truncated_normal" => Tensor.From(KerasRandom.TruncatedNormal(count, stream, (float)Value("mean", 0), (float)Value("stddev", 1)), shape),
            "shuffle" => Shuffled(input!, (int)Value("axis", 0), stream),
            _ when expected.ElementType == ElementType.Int64 => Tensor.From(KerasRandom.LongIntegers(count, stream, (long)Value("minval", 0), (long)Value("maxval", 0)), shape),
            _ => Tensor.From(KerasRandom.Integers(count, stream, (int)Value("minval", 0), (int)Value("maxval", 0)), shape),
        };
    }

    private static Tensor Shuffled(Tensor input, int axis, Philox stream)
    {
        int[] order = KerasRandom.Permutation(input.Shape[axis], stream);
        int inner = input.Shape.Skip(axis + 1).Aggregate(1, (a, b) => a * b);
        var result = new double[input.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int position = i / inner % order.Length;
            result[i] = input.GetDouble(i + ((order[position] - position) * inner));
        }

        return Tensor.From(result, [.. input.Shape]).Cast(input.ElementType);
    }

    private static void AssertEqual(string what, Tensor expected, Tensor actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(expected.GetDouble(i).Equals(actual.GetDouble(i)), $"{what}[{i}]: expected {expected.GetDouble(i):R}, received {actual.GetDouble(i):R}");
        }
    }

    private static JsonNode[] Entries(string part) => [.. File.ReadLines(Checkout.Golden($"training/{part}/index.jsonl")).Select(l => JsonNode.Parse(l)!)];
}
