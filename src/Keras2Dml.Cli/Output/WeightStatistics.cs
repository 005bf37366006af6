using System.Globalization;
using System.Text.Json.Nodes;

namespace Keras2Dml.Cli.Output;

/// <summary>Statistics of one variable. Values that are no finite numbers are counted and left out of everything else.</summary>
internal sealed record WeightStatistics(string Path, IReadOnlyList<int> Shape, double Mean, double StandardDeviation, double Minimum, double Maximum, int NotFinite, int[] Counts)
{
    private const int Bins = 20;
    private const string Bars = " ▁▂▃▄▅▆▇█";

    public static WeightStatistics Of(string path, Tensor value)
    {
        double[] values = [.. Enumerable.Range(0, value.Length).Select(value.GetDouble).Where(double.IsFinite)];
        var counts = new int[Bins];
        if (values.Length == 0)
        {
            return new WeightStatistics(path, value.Shape, 0, 0, 0, 0, value.Length, counts);
        }

        double mean = values.Average();
        double minimum = values.Min();
        double maximum = values.Max();
        double squares = 0;
        foreach (double v in values)
        {
            squares += (v - mean) * (v - mean);
            counts[maximum > minimum ? (int)Math.Min(Bins - 1, Bins * (v - minimum) / (maximum - minimum)) : 0]++;
        }

        return new WeightStatistics(path, value.Shape, mean, Math.Sqrt(squares / values.Length), minimum, maximum, value.Length - values.Length, counts);
    }

    /// <summary>Head of the table, for paths of a width.</summary>
    public static string Header(int width) => $"{"Variable".PadRight(width)}  {"Shape",-20} {"Mean",12} {"Std",12} {"Min",12} {"Max",12}  Histogram (minimum to maximum)";

    /// <summary>The variable's line of the table.</summary>
    public string Line(int width) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.PadRight(width)}  {"(" + string.Join(", ", Shape) + ")",-20} {Mean,12:0.#####} {StandardDeviation,12:0.#####} {Minimum,12:0.#####} {Maximum,12:0.#####}  {Histogram()}{(NotFinite > 0 ? $" {NotFinite:N0} not finite" : "")}");

    public JsonObject ToJson() => new()
    {
        ["path"] = Path, ["shape"] = new JsonArray([.. Shape.Select(s => (JsonNode?)s)]), ["mean"] = Mean, ["std"] = StandardDeviation, ["min"] = Minimum, ["max"] = Maximum,
        ["not_finite"] = NotFinite, ["histogram"] = new JsonArray([.. Counts.Select(c => (JsonNode?)c)]),
    };

    // Counts between minimum and maximum as a line of bars.
    private string Histogram()
    {
        int most = Math.Max(1, Counts.Max());
        return string.Concat(Counts.Select(c => Bars[((c * (Bars.Length - 1)) + most - 1) / most]));
    }
}
