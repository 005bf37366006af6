using Keras2Dml.Codegen.Training;
using Keras2Dml.Codegen.Training.Callbacks;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Codegen.Tests.SystemDs;

public sealed class SystemDsTests
{
    [Fact]
    public void MlpTrains()
    {
        NetworkModel model = TestModels.Sequential(
            new Shape(4),
            """{"class_name": "Dense", "config": {"name": "hidden", "units": 8, "activation": "relu", "kernel_regularizer": "l2"}}""",
            """{"class_name": "Dropout", "config": {"name": "drop", "rate": 0.25, "seed": 3}}""",
            """{"class_name": "Dense", "config": {"name": "scores", "units": 3, "activation": "softmax"}}""");
        TrainingSpec spec = TestModels.Compiled("adam", "categorical_crossentropy", "accuracy");
        GeneratedScript script = ScriptGenerator.Training(model, spec, new FitSettings { Epochs = 3, ValidationSplit = 0.2, Seed = 5, BatchSize = 16, TargetShapes = [new Shape(1)], Callbacks = [new EarlyStopping { RestoreBestWeights = true, Patience = 2 }, new TerminateOnNaN(), new ModelCheckpoint { SaveBestOnly = true }, new ReduceLearningRateOnPlateau { Patience = 1 }] });
        File.WriteAllText("/tmp/mlp.dml", script.Text);
        var random = new Random(1);
        using var folder = new SystemDsFolder(script, b => Values(b, random));
        Console.WriteLine(folder.Run());
    }

    private static double[,] Values(ScriptBinding binding, Random random)
    {
        int rows = binding.Parameter?.Spec.Storage.Rows ?? (binding.IsArgument ? 50 : 1);
        int columns = binding.Parameter?.Spec.Storage.Columns ?? (binding.Role == BindingRole.Input ? 4 : 1);
        var values = new double[rows, columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i / columns, i % columns] = binding.Role switch { BindingRole.OptimizerSlot => binding.Optimizer!.Slot.Initial, BindingRole.Target => random.Next(3), _ => random.NextDouble() - 0.5 };
        }

        return values;
    }
}
