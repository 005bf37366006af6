using System.Globalization;
using Keras2Dml.Core.Memory;
using Keras2Dml.Library;
using Keras2Dml.Runtime;
using Keras2Dml.Runtime.Cpu;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Codegen.Tests;

/// <summary>The DML body of a library function is its definition; the native form must agree with it.</summary>
public sealed class LibraryIntrinsicTests
{
    /// <summary>Name, file, inputs (name, rows, columns), calls: each of the form <c>[results] = forward(...)</c>.</summary>
    private static readonly Dictionary<string, (string File, string[] Inputs, string[] Calls)> Programs = new()
    {
        ["convolution"] = ("layers/conv2d", ["X 2 72", "W 5 18", "b 5 1", "G 2 120"],
            ["[out] = forward(X, W, b, 2, 6, 6, 3, 3, 1, 1, 0, 1, 1, 0, 1, 1, 1)", "[dX, dW, db] = backward(out, X, W, 2, 6, 6, 3, 3, 1, 1, 0, 1, 1, 0, 1, 1, 1)"]),
        ["convolution with strides"] = ("layers/conv2d", ["X 3 70", "W 4 12", "b 4 1"],
            ["[out] = forward(X, W, b, 2, 5, 7, 2, 3, 2, 3, 0, 1, 1, 1, 1, 1, 1)", "[dX, dW, db] = backward(out, X, W, 2, 5, 7, 2, 3, 2, 3, 0, 1, 1, 1, 1, 1, 1)"]),
        ["convolution with groups and dilation"] = ("layers/conv2d", ["X 2 168", "W 6 12", "b 6 1"],
            ["[out] = forward(X, W, b, 4, 6, 7, 2, 3, 1, 1, 1, 1, 2, 2, 2, 2, 2)", "[dX, dW, db] = backward(out, X, W, 4, 6, 7, 2, 3, 1, 1, 1, 1, 2, 2, 2, 2, 2)"]),
        ["convolution with a bias per column"] = ("layers/conv2d", ["X 2 48", "W 4 8", "b 4 1"],
            ["[out] = forward_width_bias(X, W, b, 2, 6, 4, 2, 2, 1, 1, 0, 1, 0, 1, 1, 1, 1)", "[dX, dW, db] = backward_width_bias(out, X, W, 2, 6, 4, 2, 2, 1, 1, 0, 1, 0, 1, 1, 1, 1)"]),
        ["convolution with a low-rank adaptation"] = ("layers/conv2d", ["X 2 48", "W 4 8", "b 4 1", "A 2 8", "B 2 4"],
            ["[out] = forward_lora(X, W, b, A, B, 0.5, FALSE, 2, 6, 4, 2, 2, 1, 1, 0, 1, 0, 0, 1, 1, 1)", "[dX, db, dA, dB] = backward_lora(out, X, W, A, B, 0.5, FALSE, 2, 6, 4, 2, 2, 1, 1, 0, 1, 0, 0, 1, 1, 1)"]),
        ["transposed convolution"] = ("layers/conv2d_transpose", ["X 2 24", "W 2 27", "b 3 1"],
            ["[out] = forward(X, W, b, 2, 3, 4, 3, 3, 2, 3, 1, 0, 6, 12, 1, 1)", "[dX, dW, db] = backward(out, X, W, 2, 3, 4, 3, 3, 2, 3, 1, 0, 6, 12, 1, 1)"]),
        ["transposed convolution with unreached cells"] = ("layers/conv2d_transpose", ["X 2 24", "W 2 12", "b 3 1"],
            ["[out] = forward(X, W, b, 2, 3, 4, 2, 2, 3, 3, 0, 0, 9, 12, 1, 1)", "[dX, dW, db] = backward(out, X, W, 2, 3, 4, 2, 2, 3, 3, 0, 0, 9, 12, 1, 1)"]),
        ["transposed convolution with dilation"] = ("layers/conv2d_transpose", ["X 2 24", "W 2 27", "b 3 1"],
            ["[out] = forward(X, W, b, 2, 3, 4, 3, 3, 1, 1, 2, 2, 3, 4, 2, 2)", "[dX, dW, db] = backward(out, X, W, 2, 3, 4, 3, 3, 1, 1, 2, 2, 3, 4, 2, 2)"]),
        ["maximum of overlapping windows"] = ("layers/max_pool2d", ["X 2 70"],
            ["[out] = forward(X, 2, 5, 7, 3, 3, 2, 1, 1, 1, 1, 1)", "[dX] = backward(out, X, out, 2, 5, 7, 3, 3, 2, 1, 1, 1, 1, 1)"]),
        ["average of overlapping windows"] = ("layers/avg_pool2d", ["X 2 70"],
            ["[out] = forward(X, 2, 5, 7, 3, 3, 2, 1, 1, 1, 1, 1)", "[dX] = backward(out, 2, 5, 7, 3, 3, 2, 1, 1, 1, 1, 1)"]),
        ["global maximum"] = ("layers/global_max_pool2d", ["X 2 70"], ["[out] = forward(X, 2, 5, 7)", "[dX] = backward(out, X, 2, 5, 7)"]),
        ["global average"] = ("layers/global_avg_pool2d", ["X 2 70"], ["[out] = forward(X, 2, 5, 7)", "[dX] = backward(out, X, 2, 5, 7)"]),
        ["padding"] = ("layers/zero_pad2d", ["X 2 70"], ["[out] = forward(X, 2, 5, 7, 1, 0, 2, 3)", "[dX] = backward(out, 2, 5, 7, 1, 0, 2, 3)"]),
        ["upsampling"] = ("layers/upsample2d", ["X 2 70"], ["[out] = forward(X, 2, 5, 7, 3, 2)", "[dX] = backward(out, 2, 5, 7, 3, 2)"]),
        ["bilinear upsampling"] = ("layers/upsample2d_interpolated", ["X 2 70"],
            ["[out] = forward(X, 2, 5, 7, 3, 2, \"bilinear\")", "[dX] = backward(out, 2, 5, 7, 3, 2, \"bilinear\")"]),
        ["lanczos upsampling"] = ("layers/upsample2d_interpolated", ["X 2 70"],
            ["[out] = forward(X, 2, 5, 7, 1, 3, \"lanczos5\")", "[dX] = backward(out, 2, 5, 7, 1, 3, \"lanczos5\")"]),
        ["rows by number"] = ("util/rows", ["X 5 3"], ["[out] = take(X, seq(5, 1, -2))"]),
        ["rows by number, one often"] = ("util/rows", ["X 2 7"], ["[out] = take(X, rbind(matrix(2, 3, 1), matrix(1, 1, 1)))"]),
        ["SimpleRNN"] = ("layers/simple_rnn", ["X 3 20", "W 4 2", "U 2 2", "b 1 2", "h0 3 2"], Recurrent("tanh", sequences: true, backwards: false, masked: false, zero: false)),
        ["SimpleRNN backwards"] = ("layers/simple_rnn", ["X 3 20", "W 4 2", "U 2 2", "b 1 2", "h0 1 2"], Recurrent("tanh", sequences: false, backwards: true, masked: false, zero: false)),
        ["SimpleRNN with mask"] = ("layers/simple_rnn", ["X 3 20", "W 4 2", "U 2 2", "b 1 2", "h0 3 2"], Recurrent("tanh", sequences: true, backwards: true, masked: true, zero: false)),
        ["SimpleRNN with zero output for masked steps"] = ("layers/simple_rnn", ["X 3 20", "W 4 2", "U 2 2", "b 1 2", "h0 3 2"], Recurrent("tanh", sequences: false, backwards: false, masked: true, zero: true)),
        ["LSTM"] = ("layers/lstm", ["X 3 20", "W 4 12", "U 3 12", "b 1 12", "h0 3 3", "c0 3 3"], Lstm(sequences: true, backwards: false, masked: false, zero: false)),
        ["LSTM backwards"] = ("layers/lstm", ["X 3 20", "W 4 12", "U 3 12", "b 1 12", "h0 1 3", "c0 1 3"], Lstm(sequences: false, backwards: true, masked: false, zero: false)),
        ["LSTM with mask"] = ("layers/lstm", ["X 3 20", "W 4 12", "U 3 12", "b 1 12", "h0 3 3", "c0 3 3"], Lstm(sequences: true, backwards: true, masked: true, zero: false)),
        ["LSTM with zero output for masked steps"] = ("layers/lstm", ["X 3 20", "W 4 12", "U 3 12", "b 1 12", "h0 3 3", "c0 3 3"], Lstm(sequences: true, backwards: false, masked: true, zero: true)),
    };

    public static TheoryData<string> Names => [.. Programs.Keys];

    public static TheoryData<string> NamesWithBackward => [.. Programs.Where(p => p.Value.Calls.Any(c => c.Contains("= backward", StringComparison.Ordinal))).Select(p => p.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void NativeFormAgreesWithTheBody(string name)
    {
        Dictionary<string, double[]> body = Run(name, useIntrinsics: false, MatrixType.Double);
        Dictionary<string, double[]> native = Run(name, useIntrinsics: true, MatrixType.Double);

        AssertAgree(body, native, 1e-13);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NativeFormAgreesWithTheBodyInSinglePrecision(string name)
    {
        Dictionary<string, double[]> body = Run(name, useIntrinsics: false, MatrixType.Double);
        Dictionary<string, double[]> native = Run(name, useIntrinsics: true, MatrixType.Single);

        AssertAgree(body, native, 2e-6);
    }

    /// <summary>Backward is called with the outputs themselves as their gradients, so it differentiates half the sum of their squares.</summary>
    [Theory]
    [MemberData(nameof(NamesWithBackward))]
    public void BackwardAgreesWithFiniteDifferences(string name)
    {
        const double step = 1e-5;
        double expected = (Loss(Run(name, true, MatrixType.Double, step)) - Loss(Run(name, true, MatrixType.Double, -step))) / (2 * step);
        Dictionary<string, double[]> results = Run(name, useIntrinsics: true, MatrixType.Double);

        double actual = 0;
        foreach ((string input, double[] direction) in Directions(name))
        {
            // A state given as one row stands for all rows.
            double[] gradient = results["d" + input];
            actual += gradient.Select((g, i) => g * direction[i % direction.Length]).Sum();
        }

        Assert.Equal(expected, actual, 1e-6 * Math.Max(1, Math.Abs(expected)));
    }

    private static double Loss(Dictionary<string, double[]> results) =>
        new[] { "out", "h", "c" }.Where(results.ContainsKey).Sum(r => results[r].Sum(v => v * v)) / 2;

    private static IEnumerable<(string Input, double[] Direction)> Directions(string name)
    {
        var random = new Random(11);
        string[] gradients = [.. Programs[name].Calls.Where(c => c.StartsWith('[')).SelectMany(c => c[1..c.IndexOf(']', StringComparison.Ordinal)].Split(", "))];
        foreach (string[] input in Programs[name].Inputs.Select(i => i.Split(' ')).Where(i => gradients.Contains("d" + i[0])))
        {
            yield return (input[0], [.. Enumerable.Range(0, int.Parse(input[1], CultureInfo.InvariantCulture) * int.Parse(input[2], CultureInfo.InvariantCulture)).Select(_ => random.NextDouble() - 0.5)]);
        }
    }

    private static void AssertAgree(Dictionary<string, double[]> expected, Dictionary<string, double[]> actual, double tolerance)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach ((string name, double[] cells) in expected)
        {
            double largest = cells.Max(Math.Abs);
            Assert.Equal(cells.Length, actual[name].Length);
            double difference = cells.Zip(actual[name], (a, b) => Math.Abs(a - b)).Max();
            Assert.True(difference <= tolerance * Math.Max(largest, 1e-30), $"{name} differs by {difference} at a largest value of {largest}.");
        }
    }

    private static string[] Recurrent(string activation, bool sequences, bool backwards, bool masked, bool zero)
    {
        string options = $"5, 4, \"{activation}\", {Text(sequences)}, {Text(backwards)}, {Text(masked)}, {Text(zero)}";
        return
        [
            "mask = rand(rows=3, cols=5, seed=9) > 0.4",
            $"[out, h, im, rm, z, hs] = forward(X, W, U, b, h0, mask, {options}, 0.0, 1.0, 0.0, 1.0, 0, 0, 0, FALSE)",
            $"[dX, dW, dU, db, dh0] = backward(out, h, X, W, U, h0, mask, im, rm, z, hs, {options}, 0)",
        ];
    }

    private static string[] Lstm(bool sequences, bool backwards, bool masked, bool zero)
    {
        string options = $"5, 4, \"tanh\", \"sigmoid\", {Text(sequences)}, {Text(backwards)}, {Text(masked)}, {Text(zero)}";
        return
        [
            "mask = rand(rows=3, cols=5, seed=9) > 0.4",
            $"[out, h, c, im, rm, z, hs, cs] = forward(X, W, U, b, h0, c0, mask, {options}, 0.0, 1.0, 0.0, 1.0, 0, 0, 0, FALSE)",
            $"[dX, dW, dU, db, dh0, dc0] = backward(out, h, c, X, W, U, h0, c0, mask, im, rm, z, hs, cs, {options}, 0)",
        ];
    }

    private static string Text(bool value) => value ? "TRUE" : "FALSE";

    private static Dictionary<string, double[]> Run(string name, bool useIntrinsics, MatrixType precision, double step = 0)
    {
        (string file, string[] inputs, string[] calls) = Programs[name];
        using var threads = new WorkerPool(2);
        using var context = new Runtime.ExecutionContext { Backend = new CpuBackend(), Threads = threads };
        var lines = new List<string> { $"source(\"keras2dml/{file}.dml\") as layer" };
        var random = new Random(7);
        Dictionary<string, double[]> directions = Directions(name).ToDictionary(d => d.Input, d => d.Direction);
        foreach (string[] input in inputs.Select(i => i.Split(' ')))
        {
            Matrix matrix = context.Pool.Rent(int.Parse(input[1], CultureInfo.InvariantCulture), int.Parse(input[2], CultureInfo.InvariantCulture), precision);
            for (long i = 0; i < matrix.Length; i++)
            {
                matrix.Set(i, (float)(random.NextDouble() - 0.5) + (directions.TryGetValue(input[0], out double[]? direction) ? step * direction[i] : 0));
            }

            context.MemoryInputs[input[0]] = matrix;
            lines.Add($"{input[0]} = read(\"memory:{input[0]}\", format=\"csv\")");
        }

        foreach (string call in calls)
        {
            string text = call.Replace("= forward", "= layer::forward", StringComparison.Ordinal).Replace("= backward", "= layer::backward", StringComparison.Ordinal).Replace("= take", "= layer::take", StringComparison.Ordinal);
            string[] results = call.StartsWith('[') ? call[1..call.IndexOf(']', StringComparison.Ordinal)].Split(", ") : [];
            lines.Add(results.Length == 1 ? results[0] + text[text.IndexOf(" =", StringComparison.Ordinal)..] : text);
            lines.AddRange(results.Select(r => $"write({r}, \"memory:{r}\", format=\"csv\")"));
        }

        CompileOptions options = new()
        {
            FindSource = LibraryText.Find,
            IsLibraryFile = (path, text) => LibraryText.FindHash(path) == LibraryText.HashOf(text),
            Precision = precision,
            UseIntrinsics = useIntrinsics,
        };
        ScriptEngine.Compile(string.Join('\n', lines) + "\n", "test.dml", options).Execute(context);
        return context.MemoryOutputs.ToDictionary(o => o.Key, o => Enumerable.Range(0, (int)o.Value.Length).Select(i => o.Value.Get(i)).ToArray());
    }
}
