using Keras2Dml.Callbacks;
using Keras2Dml.Data;
using Keras2Dml.Tests.Golden;

namespace Keras2Dml.Tests;

public sealed class KerasModelTests
{
    private static string DigitsModel => Checkout.PathOf("samples/digits/digits_cnn.keras");

    private static string DigitsTable => Checkout.PathOf("samples/digits/digits.csv");

    [Fact]
    public void Digits_train_to_what_Keras_reaches_and_survive_saving()
    {
        KerasModel model = KerasModel.Load(DigitsModel);
        LoadedData data = DataArguments.Load([DigitsTable], ["digit"], model, needTargets: true);
        History history = model.Fit(data.Inputs, data.Targets!, new FitOptions { Epochs = 6, BatchSize = 32, ValidationSplit = 0.2, Seed = 3 });
        Assert.True(history["val_accuracy"][^1] > 0.9, $"validation accuracy {history["val_accuracy"][^1]}");
        Assert.Equal(["loss", "accuracy", "val_loss", "val_accuracy"], history.Names);

        string path = Path.Combine(Path.GetTempPath(), $"digits-{Guid.NewGuid():N}.keras");
        try
        {
            model.Save(path);
            KerasModel again = KerasModel.Load(path);
            Tensor expected = model.Predict(data.Inputs[0]);
            Tensor actual = again.Predict(data.Inputs[0]);
            Assert.Equal(expected.AsSpan<float>().ToArray(), actual.AsSpan<float>().ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_for_any_number_of_threads()
    {
        static float[] Train(int threads)
        {
            KerasModel model = KerasModel.Load(DigitsModel);
            LoadedData data = DataArguments.Load([DigitsTable], ["digit"], model, needTargets: true);
            model.Fit(data.Inputs, data.Targets!, new FitOptions { Epochs = 1, Seed = 7, Threads = threads });
            return model.Weights.First(w => w.Path.EndsWith("kernel", StringComparison.Ordinal)).Value.AsSpan<float>().ToArray();
        }

        Assert.Equal(Train(1), Train(2));
    }

    [Fact]
    public void A_predictor_serves_many_threads_at_once()
    {
        KerasModel model = KerasModel.Load(DigitsModel);
        LoadedData data = DataArguments.Load([DigitsTable], ["digit"], model, needTargets: true);
        using Predictor predictor = model.CreatePredictor();
        float[] expected = predictor.Predict(data.Inputs[0]).AsSpan<float>().ToArray();
        Parallel.For(0, 4, _ => Assert.Equal(expected, predictor.Predict(data.Inputs[0]).AsSpan<float>().ToArray()));
    }

    [Fact]
    public void A_callback_sees_each_epoch_and_may_stop()
    {
        KerasModel model = KerasModel.Load(DigitsModel);
        LoadedData data = DataArguments.Load([DigitsTable], ["digit"], model, needTargets: true);
        var callback = new StopAfter(2);
        History history = model.Fit(data.Inputs, data.Targets!, new FitOptions { Epochs = 5, Callbacks = [callback] });
        Assert.Equal([0, 1], history.Epochs);
        Assert.Equal([0, 1], callback.Seen);
    }

    [Fact]
    public void A_cancelled_token_stops_after_the_batch_and_keeps_its_weights()
    {
        float[] Train(int? steps, CancellationToken cancellation)
        {
            KerasModel model = KerasModel.Load(DigitsModel);
            LoadedData data = DataArguments.Load([DigitsTable], ["digit"], model, needTargets: true);
            History history = model.Fit(data.Inputs, data.Targets!, new FitOptions { Epochs = steps ?? 5, StepsPerEpoch = steps, Seed = 3 }, cancellation);
            Assert.Equal([0], history.Epochs);
            return model.Weights.First(w => w.Path.EndsWith("kernel", StringComparison.Ordinal)).Value.AsSpan<float>().ToArray();
        }

        Assert.Equal(Train(1, CancellationToken.None), Train(null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Checkpoints_are_models_of_their_epoch()
    {
        string folder = Directory.CreateTempSubdirectory("checkpoints").FullName;
        try
        {
            KerasModel model = KerasModel.Load(DigitsModel);
            LoadedData data = DataArguments.Load([DigitsTable], ["digit"], model, needTargets: true);
            model.Fit(data.Inputs, data.Targets!, new FitOptions { Epochs = 2, Callbacks = [new ModelCheckpoint(Path.Combine(folder, "digits-{epoch:02d}.keras"))] });
            Assert.Equal(["digits-01.keras", "digits-02.keras"], Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order());
            float[] last = KerasModel.Load(Path.Combine(folder, "digits-02.keras")).Weights.First().Value.AsSpan<float>().ToArray();
            Assert.Equal(model.Weights.First().Value.AsSpan<float>().ToArray(), last);
            Assert.NotEqual(last, KerasModel.Load(Path.Combine(folder, "digits-01.keras")).Weights.First().Value.AsSpan<float>().ToArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_uncompiled_model_is_refused_with_the_catalogue_error()
    {
        KerasModel model = KerasModel.Load(Checkout.Golden("models/keras3/mlp_sequential_no_input_layer.keras"));
        Keras2DmlException error = Assert.Throws<Keras2DmlException>(() => model.Fit(Tensor.Zeros(ElementType.Float32, 4, 6), Tensor.Zeros(ElementType.Float32, 4, 3)));
        Assert.Equal("K2D6201", error.Id);
        Assert.Contains("it has no loss and no optimizer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_widths_are_named_with_both_numbers()
    {
        KerasModel model = KerasModel.Load(DigitsModel);
        Keras2DmlException error = Assert.Throws<Keras2DmlException>(() => model.Predict(Tensor.Zeros(ElementType.Float32, 3, 65)));
        Assert.Equal("K2D5110: Expected rows of (8, 8, 1) = 64 values for input 'image'. Received: 65 values a row (shape (3, 65)).", error.Message);
    }

    [Fact]
    public async Task FitAsync_reports_progress_and_can_be_cancelled()
    {
        KerasModel model = KerasModel.Load(DigitsModel);
        LoadedData data = DataArguments.Load([DigitsTable], ["digit"], model, needTargets: true);
        using var source = new CancellationTokenSource();
        var reports = new List<EpochReport>();
        History history = await model.FitAsync(data.Inputs, data.Targets!, new FitOptions { Epochs = 3 }, new Recorder(reports), source.Token);
        Assert.Equal(3, history.Epochs.Count);
        Assert.Equal([0, 1, 2], reports.Select(r => r.Epoch));
    }

    private sealed class Recorder(List<EpochReport> reports) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => reports.Add(value);
    }

    private sealed class StopAfter(int epochs) : Callback
    {
        public List<int> Seen { get; } = [];

        public override void OnEpochEnd(TrainingContext context)
        {
            Seen.Add(context.Epoch);
            context.StopTraining = Seen.Count == epochs;
        }
    }
}
