using Keras2Dml.Callbacks;
using Keras2Dml.Data;

namespace Keras2Dml.Tests;

public sealed class CompilationTests
{
    private static string DigitsModel => Checkout.PathOf("samples/digits/digits_cnn.keras");

    private static string TwoOutputs => Checkout.Golden("training/fit/multi_input_output_weights.keras");

    [Fact]
    public void Properties_and_arguments_by_name_make_the_same_optimizer()
    {
        string byProperties = ScriptOf(new Sgd(0.05, momentum: 0.9, nesterov: true) { ClipNorm = 1, WeightDecay = 0.01, UseEma = true, EmaMomentum = 0.9, GradientAccumulationSteps = 2 });
        string byNames = ScriptOf(Optimizer.Named(
            "sgd",
            ("learning_rate", (double)0.05f), ("momentum", 0.9), ("nesterov", true), ("clipnorm", 1), ("weight_decay", 0.01), ("use_ema", true), ("ema_momentum", 0.9), ("gradient_accumulation_steps", 2)));

        Assert.Equal(byProperties, byNames);
        Assert.NotEqual(byProperties, ScriptOf(new Sgd(0.05, momentum: 0.9, nesterov: true)));
    }

    [Fact]
    public void The_rate_of_a_schedule_is_computed_in_the_script()
    {
        var optimizer = new Adam { Schedule = new ExponentialDecay(0.01, decaySteps: 10, decayRate: 0.9, staircase: true) };

        string script = ScriptOf(optimizer);

        Assert.Contains("exponential_decay::rate(iteration, 0.01, 10", script, StringComparison.Ordinal);
        Assert.Equal(script, ScriptOf(Optimizer.Named(
            "Adam", ("learning_rate", LearningRateSchedule.Named("ExponentialDecay", ("initial_learning_rate", 0.01), ("decay_steps", 10), ("decay_rate", 0.9), ("staircase", true))))));
    }

    [Fact]
    public void Arguments_of_losses_and_metrics_reach_the_script()
    {
        KerasModel model = KerasModel.Load(DigitsModel);
        model.Compile(new Adam(), Loss.Named("sparse_categorical_crossentropy", ("ignore_class", 3)), Metric.Named("sparse_top_k_categorical_accuracy", ("k", 2)));
        string given = model.GetTrainingScript();
        model.Compile(new Adam(), Loss.Named("sparse_categorical_crossentropy"), Metric.Named("sparse_top_k_categorical_accuracy"));

        Assert.NotEqual(given, model.GetTrainingScript());
    }

    [Theory]
    [InlineData("speed", 1.0, "K2D2003")]
    [InlineData("momentum", "fast", "K2D2004")]
    public void A_wrong_argument_is_a_catalogue_error(string name, object value, string id)
    {
        var error = Assert.Throws<Keras2DmlException>(() => Optimizer.Named("SGD", (name, value)));

        Assert.Equal(id, error.Id);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_no_file_could_hold_is_refused()
    {
        Assert.Equal(
            "K2D6204: Expected the argument momentum to be a number, a text, a truth value, a list of them, a learning-rate schedule or null. Received: Object.",
            Assert.Throws<Keras2DmlException>(() => Optimizer.Named("SGD", ("momentum", new object()))).Message);
    }

    [Fact]
    public void Each_output_has_its_loss_and_weight()
    {
        KerasModel model = KerasModel.Load(TwoOutputs);
        int outputs = model.Outputs.Count;
        Assert.True(outputs > 1);
        Loss?[] losses = [Losses.MeanSquaredError, .. Enumerable.Repeat<Loss?>(null, outputs - 1)];
        model.Compile(new Sgd(), losses, lossWeights: [.. Enumerable.Repeat(0.25, outputs)]);
        string weighted = model.GetTrainingScript();
        model.Compile(new Sgd(), losses);

        Assert.NotEqual(weighted, model.GetTrainingScript());
        Assert.Equal(
            $"K2D6205: Expected losses for each output of the model: {string.Join(", ", model.Outputs.Select(o => o.Name))}. Received: 1.",
            Assert.Throws<Keras2DmlException>(() => model.Compile(new Sgd(), [Losses.MeanSquaredError])).Message);
        Assert.Equal("K2D6205", Assert.Throws<Keras2DmlException>(() => model.Compile(new Sgd(), losses, lossWeights: [1])).Id);
        Assert.Equal("K2D6206: Expected a loss for at least one output of the model. Received: none.", Assert.Throws<Keras2DmlException>(() => model.Compile(new Sgd(), new Loss?[outputs])).Message);
    }

    [Fact]
    public void A_policy_starts_from_the_first_rate_of_a_schedule()
    {
        KerasModel model = KerasModel.Load(DigitsModel);
        model.Compile(new Sgd { Schedule = new PiecewiseConstantDecay([10, 20], [0.5, 0.25, 0.125]) }, Losses.SparseCategoricalCrossentropy);

        Assert.Contains("base_lr: 0.5", model.GetSolver(new FitOptions { LearningRatePolicy = LearningRatePolicy.Fixed }), StringComparison.Ordinal);
        Assert.Contains("piecewise_constant_decay::rate(iteration", model.GetTrainingScript(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_in_code_is_asked_once_for_each_epoch()
    {
        (KerasModel model, LoadedData data) = Digits();
        model.Compile(new Sgd(0.1), Losses.SparseCategoricalCrossentropy);
        var asked = new List<(int, double)>();
        var scheduler = new LearningRateScheduler
        {
            Schedule = (epoch, rate) =>
            {
                asked.Add((epoch, rate));
                return rate / 2;
            },
        };

        History history = model.Fit(data.Inputs, data.Targets!, new FitOptions { Epochs = 4, InitialEpoch = 1, BatchSize = 600, Callbacks = [scheduler] });

        Assert.Equal([(1, 0.1f), (2, 0.05f), (3, 0.025f)], asked.Select(a => (a.Item1, (float)a.Item2)));
        Assert.Equal([0.05f, 0.025f, 0.0125f], history["learning_rate"].Select(r => (float)r));
    }

    [Fact]
    public void A_callback_cannot_set_the_rate_of_a_schedule()
    {
        (KerasModel model, LoadedData data) = Digits();
        model.Compile(new Sgd { Schedule = new CosineDecay(0.1, 100) }, Losses.SparseCategoricalCrossentropy);

        var error = Assert.Throws<Keras2DmlException>(() => model.Fit(data.Inputs, data.Targets!, new FitOptions { Callbacks = [new LearningRateScheduler { Factor = 0.5 }] }));

        Assert.Equal(
            "K2D6207: The callback LearningRateScheduler expected an optimizer with a plain learning rate. Received the schedule CosineDecay, which sets the rate itself. Give the optimizer a plain rate, or leave the callback out.",
            error.Message);
    }

    [Fact]
    public void Weights_of_another_file_are_taken_into_a_model_without_any()
    {
        string folder = Directory.CreateTempSubdirectory("weights").FullName;
        try
        {
            (KerasModel model, LoadedData data) = Digits();
            string weights = Path.Combine(folder, "digits.weights.h5"), configuration = Path.Combine(folder, "digits.json");
            model.Save(weights);
            model.Save(configuration);

            KerasModel fresh = KerasModel.Load(configuration);
            float[] expected = model.Predict(data.Inputs[0]).AsSpan<float>().ToArray();
            Assert.NotEqual(expected, fresh.Predict(data.Inputs[0]).AsSpan<float>().ToArray());
            fresh.LoadWeights(weights);

            Assert.Equal(expected, fresh.Predict(data.Inputs[0]).AsSpan<float>().ToArray());
            Assert.Throws<Keras2DmlException>(() => KerasModel.Load(TwoOutputs).LoadWeights(weights));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Keras divides the smoothing by the size of the last axis, also when the classes lie on another one.</summary>
    [Fact]
    public void Label_smoothing_is_spread_over_the_last_axis()
    {
        string path = Path.Combine(Path.GetTempPath(), $"identity-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, """
            {"module": "keras", "class_name": "Sequential", "config": {"name": "m", "layers": [
              {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "x", "batch_shape": [null, 2, 3]}},
              {"module": "keras.layers", "class_name": "Identity", "config": {"name": "same"}}]}}
            """);
        try
        {
            KerasModel model = KerasModel.Load(path);
            model.Compile(new Sgd(), Loss.Named("categorical_crossentropy", ("axis", 1), ("label_smoothing", 0.3), ("from_logits", true)));
            double[] z = [0.1, -0.4, 2, 1, 0.5, -1], y = [1, 0, 0, 0, 1, 1];
            double expected = 0;
            for (int position = 0; position < 3; position++)
            {
                double sum = Math.Exp(z[position]) + Math.Exp(z[3 + position]);
                for (int k = 0; k < 2; k++)
                {
                    expected -= ((y[(3 * k) + position] * 0.7) + (0.3 / 3)) * (z[(3 * k) + position] - Math.Log(sum)) / 3;
                }
            }

            double actual = model.Evaluate(Tensor.From(z, 1, 2, 3), Tensor.From(y, 1, 2, 3), new EvaluateOptions { Precision = Precision.Double })[0].Value;
            Assert.Equal(expected, actual, 1e-12);
            Assert.Equal(z, model.Predict(Tensor.From(z, 1, 2, 3), new PredictOptions { Precision = Precision.Double }).AsSpan<double>().ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Replacing_one_part_keeps_the_others()
    {
        KerasModel model = KerasModel.Load(TwoOutputs);
        string before = model.GetTrainingScript();
        model.Compile(optimizer: null, loss: null, metrics: null, learningRate: null);
        Assert.Equal(before, model.GetTrainingScript());

        model.Compile(optimizer: "adam", loss: null, metrics: null, learningRate: null);
        Assert.Equal(LossLines(before), LossLines(model.GetTrainingScript()));
        Assert.Contains("adam::update", model.GetTrainingScript(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_alone_replaces_that_of_the_model()
    {
        (KerasModel model, LoadedData data) = Digits();
        model.Fit(data.Inputs, data.Targets!, new FitOptions { BatchSize = 900 });
        model.Compile(optimizer: null, loss: null, metrics: null, learningRate: 0.125);

        Assert.Contains("base_lr: 0.125", model.GetSolver(new FitOptions()), StringComparison.Ordinal);
        History history = model.Fit(data.Inputs, data.Targets!, new FitOptions { BatchSize = 900, Callbacks = [new LearningRateScheduler { Factor = 1 }] });
        Assert.Equal([0.125], history["learning_rate"]);
    }

    private static IEnumerable<string> LossLines(string script) => script.Split('\n').Where(l => l.Contains("loss", StringComparison.Ordinal) && l.Contains("::forward", StringComparison.Ordinal));

    private static (KerasModel Model, LoadedData Data) Digits()
    {
        KerasModel model = KerasModel.Load(DigitsModel);
        return (model, DataArguments.Load([Checkout.PathOf("samples/digits/digits.csv")], ["digit"], model, needTargets: true));
    }

    private static string ScriptOf(Optimizer optimizer)
    {
        KerasModel model = KerasModel.Load(DigitsModel);
        model.Compile(optimizer, Losses.SparseCategoricalCrossentropy, Metrics.Accuracy);
        return model.GetTrainingScript();
    }
}
