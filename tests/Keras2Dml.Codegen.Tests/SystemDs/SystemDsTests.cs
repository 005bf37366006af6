using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Memory;
using Keras2Dml.Library;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Core;
using Keras2Dml.Network.Training;
using Keras2Dml.Runtime;
using Keras2Dml.Runtime.Cpu;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Codegen.Tests.SystemDs;

/// <summary>Generated training scripts run unmodified on Apache SystemDS and give the weights that our engine gives.</summary>
public sealed class SystemDsTests
{
    private const int Rows = 20;

    /// <summary>An MLP, a convolutional net, a residual net with batch normalization, a masked LSTM, two inputs, an autoencoder with transposed convolution, dropout with a seed, steps that may be left out.</summary>
    public static TheoryData<string> Models =>
    [
        "training/fit/mlp_digits_default_batch", "training/fit/cnn_digits_channels_last", "models/keras3/resnet_projection", "training/fit/embedding_lstm_masked",
        "training/fit/multi_input_output_weights", "training/fit/cnn_digits_transpose_autoencoder", "training/fit/seeded_dropout_mlp", "training/fit/opt_loss_scale",
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void TrainingGivesTheSameWeights(string path)
    {
        Assert.SkipWhen(SystemDsFolder.Runner is null, "The SystemDS pack (shared/systemds) is not there.");
        NetworkModel model = Keras.KerasDocument.Load(Checkout.Golden(path + ".keras")).Model;
        TrainingSpec training = model.Training!;
        GeneratedScript script = ScriptGenerator.Training(model, training, new FitSettings { Epochs = 2, BatchSize = 8, Seed = 3 });
        var random = new Random(1);
        using var folder = new SystemDsFolder(script, binding => Values(binding, model, training, random));
        folder.Run();
        Dictionary<string, double[,]> theirs = script.Writes.Where(w => w.Role is BindingRole.Parameter or BindingRole.OptimizerSlot).ToDictionary(w => w.Name, w => folder.Result(w.Name));
        RunHere(folder);
        foreach ((string name, double[,] reference) in theirs)
        {
            double[,] ours = folder.Result(name);
            double largest = Math.Max(1e-30, reference.Cast<double>().Max(Math.Abs));
            double error = reference.Cast<double>().Zip(ours.Cast<double>(), (a, b) => Math.Abs(a - b)).Max() / largest;
            Assert.True(error <= 1e-9, $"{name}: error {error:0.0e+00}");
        }
    }

    private static void RunHere(SystemDsFolder folder)
    {
        string text = File.ReadAllText(Path.Combine(folder.Directory, "script.dml"));
        CompiledProgram program = ScriptEngine.Compile(text, "script.dml", new CompileOptions
        {
            Arguments = folder.Arguments.Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => a[1]),
            FindSource = LibraryText.Find,
            IsLibraryFile = (path, source) => LibraryText.FindHash(path) == LibraryText.HashOf(source),
            Precision = MatrixType.Double,
        });
        using var threads = new WorkerPool(2);
        using var context = new Runtime.ExecutionContext { Backend = new CpuBackend(), Threads = threads, WorkingDirectory = folder.Directory };
        program.Execute(context);
    }

    private static double[,] Values(ScriptBinding binding, NetworkModel model, TrainingSpec training, Random random)
    {
        switch (binding.Role)
        {
            case BindingRole.Input:
                Embedding? embedding = model.Nodes.FirstOrDefault(n => n.Inputs.Contains(model.Inputs[binding.Index].Tensor))?.Layer.Layer as Embedding;
                int largest = embedding?.Config.Int("input_dim") ?? 0;
                return Fill(Rows, model[model.Inputs[binding.Index].Tensor].Shape.Elements, () => largest > 0 ? random.Next(largest) : random.NextDouble() - 0.5);
            case BindingRole.Target:
                Shape shape = model[model.Outputs[binding.Index].Tensor].Shape;
                bool sparse = LossTable.Find(training.Losses[binding.Index]!).SparseTarget;
                return sparse ? Fill(Rows, 1, () => random.Next(shape[-1])) : Fill(Rows, shape.Elements, () => random.NextDouble());
            case BindingRole.OptimizerSlot:
                MatrixStorage? storage = binding.Optimizer!.Storage;
                return Fill(storage?.Rows ?? 1, storage?.Columns ?? 1, () => binding.Optimizer.Slot.Initial);
            default:
                return InLayout(binding.Parameter!);
        }
    }

    private static double[,] Fill(int rows, int columns, Func<double> value)
    {
        var values = new double[rows, columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i / columns, i % columns] = value();
        }

        return values;
    }

    // The variable's axes permuted, then read row by row.
    private static double[,] InLayout(ModelParameter parameter)
    {
        MatrixStorage storage = parameter.Spec.Storage;
        int rank = parameter.Spec.Shape.Count;
        var strides = new int[rank];
        for (int axis = rank - 1, step = 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= parameter.Spec.Shape[axis];
        }

        var index = new int[rank];
        return Fill(storage.Rows, storage.Columns, () =>
        {
            int offset = storage.Permutation.Select((axis, place) => index[place] * strides[axis]).Sum();
            for (int place = rank - 1; place >= 0 && ++index[place] == parameter.Spec.Shape[storage.Permutation[place]]; place--)
            {
                index[place] = 0;
            }

            return parameter.Value!.GetDouble(offset);
        });
    }
}
