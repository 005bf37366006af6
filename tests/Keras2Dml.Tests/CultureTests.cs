using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Callbacks;
using Keras2Dml.Data;
using Keras2Dml.Verification;

namespace Keras2Dml.Tests;

/// <summary>Programs that use the library run in every culture; scripts, files and what scripts print never follow it.</summary>
public sealed class CultureTests
{
    // Signs and separators as Swedish and others have them; no digit of a script may look so.
    private static CultureInfo Hostile { get; } = new(string.Empty)
    {
        NumberFormat = new NumberFormatInfo { NegativeSign = "\u2212", NumberDecimalSeparator = ",", NumberGroupSeparator = ".", PositiveSign = "p", NaNSymbol = "odd", PositiveInfinitySymbol = "big", NegativeInfinitySymbol = "small" },
    };

    [Fact]
    public void Scripts_summaries_and_solvers_do_not_depend_on_the_culture()
    {
        string[] files = [.. new[] { "training/fit", "models/keras3", "layers" }.SelectMany(f => Directory.EnumerateFiles(Checkout.Golden(f), "*.keras", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];
        foreach (string file in files)
        {
            if (Describe(file) is { } expected)
            {
                Assert.Equal(expected, In(Hostile, () => Describe(file)));
            }
        }
    }

    [Theory]
    [InlineData("expressions")]
    [InlineData("print")]
    [InlineData("io")]
    [InlineData("frames")]
    [InlineData("casts")]
    [InlineData("rand")]
    [InlineData("lists")]
    public void Scripts_print_read_and_write_the_same_in_any_culture(string group)
    {
        var options = new VerifyOptions { KnownDifferences = KnownDifferences.Read(Checkout.PathOf("tests/Keras2Dml.Tests/Golden/DmlDifferences.txt")), Threads = 1 };
        CaseResult[] results = In(Hostile, () => new Verifier(options).Run(Checkout.Golden("dml/" + group)).ToArray());
        Assert.Contains(results, r => r.Outcome == CaseOutcome.Passed);
        Assert.DoesNotContain(results, r => r.Outcome == CaseOutcome.Failed);
    }

    [Fact]
    public void Training_and_its_log_do_not_depend_on_the_culture()
    {
        string folder = Directory.CreateTempSubdirectory("culture").FullName;
        try
        {
            string[] logs = [.. new[] { CultureInfo.InvariantCulture, Hostile }.Select(c => In(c, () =>
            {
                string log = Path.Combine(folder, "log.csv");
                KerasModel model = KerasModel.Load(Checkout.PathOf("samples/digits/digits_cnn.keras"));
                LoadedData data = DataArguments.Load([Checkout.PathOf("samples/digits/digits.csv")], ["digit"], model, needTargets: true);
                model.Fit(data.Inputs, data.Targets!, new FitOptions { Epochs = 1, BatchSize = 256, Seed = 3, Callbacks = [new CsvLogger(log)] });
                return File.ReadAllText(log);
            }))];
            Assert.Contains(".", logs[0], StringComparison.Ordinal);
            Assert.Equal(logs[0], logs[1]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Null when the model has something unsupported.
    private static string? Describe(string file)
    {
        try
        {
            KerasModel model = KerasModel.Load(file);
            JsonNode facts = JsonNode.Parse(model.SummaryJson())!;
            return model.Summary() + facts.ToJsonString() + model.GetPredictionScript() + (model.IsCompiled ? model.GetTrainingScript() : string.Empty) + model.Explain("lowered", prediction: true);
        }
        catch (Keras2DmlException error)
        {
            return error.IsUnsupported ? null : error.Message;
        }
    }

    private static T In<T>(CultureInfo culture, Func<T> work)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return work();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
