using System.Globalization;
using Keras2Dml.Data;
using Keras2Dml.Execution;

namespace Keras2Dml.Tests;

/// <summary>An exported folder is complete: its scripts run as they lie there, and what they write comes back.</summary>
public sealed class ExportTests : IDisposable
{
    private const int Rows = 200;
    private static readonly FitOptions Options = new() { Epochs = 2, BatchSize = 64, Shuffle = false, Precision = Precision.Double, Seed = 4 };
    private readonly string folder = Directory.CreateTempSubdirectory("export").FullName;
    private readonly KerasModel model = KerasModel.Load(Checkout.PathOf("samples/digits/digits_cnn.keras"));
    private readonly Tensor x;
    private readonly Tensor y;

    public ExportTests()
    {
        LoadedData data = DataArguments.Load([Checkout.PathOf("samples/digits/digits.csv")], ["digit"], model, needTargets: true);
        x = First(data.Inputs[0]);
        y = First(data.Targets![0]);
    }

    [Fact]
    public void The_training_script_gives_the_weights_of_fit()
    {
        Train();
        KerasModel imported = KerasModel.Import(folder);

        model.Fit(x, y, Options);
        Assert.Equal(Values(model), Values(imported));
        Assert.Equal(
            model.Training!.OptimizerVariables.Select(v => (v.Name, Cells(v.Value))).Select(v => $"{v.Name} {v.Item2}"),
            imported.Training!.OptimizerVariables.Select(v => (v.Name, Cells(v.Value))).Select(v => $"{v.Name} {v.Item2}"));
    }

    [Fact]
    public void A_variable_may_be_a_folder_of_parts_as_Hadoop_writes_it()
    {
        Train();
        float[] expected = Values(KerasModel.Import(folder));
        string file = Path.Combine(folder, "out", "digit_kernel.csv");
        string[] lines = File.ReadAllLines(file);
        File.Delete(file);
        Directory.CreateDirectory(file);
        File.WriteAllLines(Path.Combine(file, "part-00000"), lines[..100]);
        File.WriteAllLines(Path.Combine(file, "part-00001"), lines[100..]);
        File.WriteAllText(Path.Combine(file, "_SUCCESS"), string.Empty);
        File.WriteAllBytes(Path.Combine(file, ".part-00000.crc"), [1, 2, 3]);

        Assert.Equal(expected, Values(KerasModel.Import(folder)));
    }

    [Fact]
    public void A_folder_that_was_not_trained_says_so()
    {
        model.Export(folder, Options);

        Assert.Equal(
            $"K2D5121: {Path.Combine(folder, "out")}: Expected the trained variables of an exported model (conv1_kernel.csv and so on). Received: none of them. Run the folder's run.sh first.",
            Assert.Throws<Keras2DmlException>(() => KerasModel.Import(folder)).Message);
    }

    [Fact]
    public void The_prediction_script_gives_the_predictions()
    {
        model.Export(folder, Options);
        Run("predict.dml", "X=X.csv", "model=model", "out=out");

        NumberTable table = CsvFile.Read(Directory.GetFiles(Path.Combine(folder, "out"), "*.csv").Single());
        double[] expected = [.. Cells(model.Predict(x, new PredictOptions { Precision = Precision.Double }))];
        Assert.Equal(expected.Length, table.Values.Length);
        Assert.All(expected.Zip(table.Values), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Train()
    {
        model.Export(folder, Options);
        Run("train.dml", "X=X.csv", "y=y.csv", "model=model", "out=out", "epochs=2", "batch_size=64", "shuffle=FALSE", "seed=4");
    }

    private void Run(string script, params string[] arguments)
    {
        WriteCsv("X.csv", x);
        WriteCsv("y.csv", y);
        using var run = new DmlRun(new DmlRunOptions
        {
            Path = Path.Combine(folder, script),
            WorkingDirectory = folder,
            Arguments = arguments.Select(a => a.Split('=')).ToDictionary(a => a[0], a => a[1]),
        });
        run.Execute(TestContext.Current.CancellationToken);
    }

    private void WriteCsv(string name, Tensor tensor)
    {
        int width = tensor.Length / Rows;
        double[] cells = [.. Cells(tensor)];
        File.WriteAllLines(
            Path.Combine(folder, name),
            Enumerable.Range(0, Rows).Select(r => string.Join(',', cells.AsSpan(r * width, width).ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture)))));
        File.WriteAllText(Path.Combine(folder, name + ".mtd"), $$"""{"data_type": "matrix", "value_type": "double", "rows": {{Rows}}, "cols": {{width}}, "format": "csv", "header": false, "sep": ","}""");
    }

    private static Tensor First(Tensor tensor) =>
        Tensor.From(Cells(tensor).Take(tensor.Length / tensor.Shape[0] * Rows).Select(v => (float)v).ToArray(), [Rows, .. tensor.Shape.Skip(1)]);

    private static IEnumerable<double> Cells(Tensor tensor) => Enumerable.Range(0, tensor.Length).Select(tensor.GetDouble);

    private static float[] Values(KerasModel model) => [.. model.Weights.SelectMany(w => w.Value.AsSpan<float>().ToArray())];
}
