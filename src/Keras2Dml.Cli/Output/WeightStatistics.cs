using System.Text.Json.Nodes;

namespace Keras2Dml.Cli.Output;

/// <summary>Statistics of one variable.</summary>
internal sealed record WeightStatistics(string Path, string Shape, double Mean, double StandardDeviation, double Minimum, double Maximum, int[] Counts)
{
    private const int Bins = 20;
    private const string Bars = " ▁▂▃▄▅▆▇█";

    public static WeightStatistics Of(string path, Tensor value)
    {
        int n = value.Length;
        double sum = 0;
        double squares = 0;
        double minimum = double.PositiveInfinity;
        double maximum = double.NegativeInfinity;
        for (int i = 0; i < n; i++)
        {
            double v = value.GetDouble(i);
            sum += v;
            minimum = Math.Min(minimum, v);
            maximum = Math.Max(maximum, v);
        }

        double mean = n == 0 ? 0 : sum / n;
        var counts = new int[Bins];
        for (int i = 0; i < n; i++)
        {
            double v = value.GetDouble(i);
            squares += (v - mean) * (v - mean);
            counts[maximum > minimum ? (int)Math.Min(Bins - 1, Bins * (v - minimum) / (maximum - minimum)) : 0]++;
        }

        return new WeightStatistics(path, "(" + string.Join(", ", value.Shape) + ")", mean, n == 0 ? 0 : Math.Sqrt(squares / n), n == 0 ? 0 : minimum, n == 0 ? 0 : maximum, counts);
    }

    /// <summary>Counts between minimum and maximum as a line of bars.</summary>
    public string Histogram()
    {
        int most = Math.Max(1, Counts.Max());
        return string.Concat(Counts.Select(c => Bars[(c * (Bars.Length - 1) + most - 1) / most]));
    }

    public JsonObject ToJson() => new()
    {
        ["path"] = Path, ["shape"] = Shape, ["mean"] = Mean, ["std"] = StandardDeviation, ["min"] = Minimum, ["max"] = Maximum,
        ["histogram"] = new JsonArray([.. Counts.Select(c => (JsonNode?)c)]),
    };
}
