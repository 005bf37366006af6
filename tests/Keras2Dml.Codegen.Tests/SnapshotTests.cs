using Keras2Dml.Codegen.Caffe;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Codegen.Training.Callbacks;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Codegen.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public void MlpTrainingWithClassNumbersAndCallbacks() => Training("mlp_wine_accuracy_column_labels", new FitSettings
    {
        Epochs = 10, BatchSize = 16, ValidationSplit = 0.2, Seed = 7, TargetShapes = [new Shape(1)],
        Callbacks =
        [
            new EarlyStopping { Patience = 3, RestoreBestWeights = true, MinDelta = 0.01 }, new ReduceLearningRateOnPlateau { Patience = 2, Cooldown = 1, MinLearningRate = 1e-5 },
            new ModelCheckpoint { SaveBestOnly = true }, new TerminateOnNaN(),
        ],
    });

    [Fact]
    public void ConvolutionTrainingOfAChannelsLastModel() => Training("cnn_digits_channels_last", new FitSettings { Epochs = 2, TargetShapes = [new Shape(1)] });

    [Fact]
    public void ConvolutionTrainingOfAChannelsFirstModel() => Training("cnn_digits_channels_first", new FitSettings { Epochs = 2, TargetShapes = [new Shape(1)] });

    [Fact]
    public void AutoencoderTraining() => Training("cnn_digits_transpose_autoencoder", new FitSettings { Epochs = 2 });

    [Fact]
    public void BatchNormalizationTraining() => Training("bn_wine_momentum_no_scale", new FitSettings { Epochs = 2, Algorithm = TrainAlgorithm.Batch, TargetShapes = [new Shape(1)] });

    [Fact]
    public void MaskedLstmTraining() => Training("embedding_lstm_masked", new FitSettings { Epochs = 2, TargetShapes = [new Shape(1)] });

    [Fact]
    public void SeveralInputsAndOutputsTraining() => Training("multi_input_output_weights", new FitSettings
    {
        Epochs = 2, ValidationSplit = 0.25, ValidationFrequency = 2, StepsPerEpoch = 3, TargetShapes = [new Shape(1), new Shape(1), new Shape(1)], HostBatches = true, HostWeights = true,
    });

    [Fact]
    public void ResidualTraining()
    {
        NetworkModel model = GoldenModels.Whole("resnet_projection");
        Snapshot.Check("resnet_projection.train.dml", ScriptGenerator.Training(model, model.Training!, new FitSettings { Epochs = 2 }).Text);
    }

    [Fact]
    public void WeightedClassesTraining() => Training("fit_class_weight_onehot", new FitSettings { Epochs = 2, ClassWeights = new Dictionary<int, double> { [0] = 0.5, [2] = 2 } });

    [Fact]
    public void AccumulatedGradientsTraining() => Training("opt_sgd_accumulation", new FitSettings { Epochs = 2, LearningRatePolicy = new LearningRatePolicy(LearningRatePolicyKind.Inv), Regularization = new GlobalRegularization(false, 0.01) });

    [Fact]
    public void AveragedWeightsTraining() => Training("opt_adam_ema", new FitSettings { Epochs = 2, SampleWeightColumns = [1] });

    [Fact]
    public void DropoutTraining() => Training("seeded_dropout_mlp", new FitSettings { Epochs = 2, Seed = 11 });

    [Fact]
    public void RegularizedTraining() => Training("regularizers_layers", new FitSettings { Epochs = 2, Callbacks = [new LearningRateScheduler { Table = [0.1, 0.05] }] });

    [Fact]
    public void PredictionOfAConvolutionalModel() => Snapshot.Check("cnn_digits_channels_last.predict.dml", ScriptGenerator.Prediction(GoldenModels.Fit("cnn_digits_channels_last"), new PredictionOptions()).Text);

    [Fact]
    public void EvaluationOfAMaskedModel()
    {
        NetworkModel model = GoldenModels.Fit("embedding_lstm_masked");
        Snapshot.Check("embedding_lstm_masked.evaluate.dml", ScriptGenerator.Evaluation(model, model.Training!, new PredictionOptions { SampleWeightColumns = [1] }).Text);
    }

    [Fact]
    public void GradientsOfAConvolutionalModel() => Snapshot.Check("cnn_digits_channels_last.gradient.dml", ScriptGenerator.Gradient(GoldenModels.Fit("cnn_digits_channels_last"), new GradientOptions { Training = true }).Text);

    [Fact]
    public void GradientsOfPenalties() => Snapshot.Check("regularizers_layers.penalties.dml", ScriptGenerator.Gradient(GoldenModels.Fit("regularizers_layers"), new GradientOptions { Of = GradientOf.Penalties }).Text);

    [Fact]
    public void LoweredNetworkOfAMaskedModel() => Snapshot.Check("embedding_lstm_masked.lowered.txt", ScriptGenerator.ExplainLowered(GoldenModels.Fit("embedding_lstm_masked"), new Network.Lowering.LoweringOptions { Training = true }));

    [Fact]
    public void SolverOfNesterov()
    {
        NetworkModel model = GoldenModels.Fit("opt_nesterov");
        Snapshot.Check("opt_nesterov.solver.prototxt", SolverPrototxt.Generate(model.Training!, new FitSettings { LearningRatePolicy = new LearningRatePolicy(LearningRatePolicyKind.Step) }));
    }

    private static void Training(string name, FitSettings settings)
    {
        NetworkModel model = GoldenModels.Fit(name);
        Snapshot.Check(name + ".train.dml", ScriptGenerator.Training(model, model.Training!, settings).Text);
    }
}
