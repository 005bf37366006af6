using Keras2Dml.Keras.Files;

namespace Keras2Dml.Keras.Tests;

public sealed class LoadTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_golden_file_loads_or_tells_what_is_unsupported()
    {
        int loaded = 0;
        var refused = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (string file in Golden.Files(".keras", ".h5", ".architecture.json", "_config.json", ".scope"))
        {
            try
            {
                KerasDocument document = KerasDocument.Load(Checkout.Golden(file));
                loaded++;
                foreach (Problem problem in document.Model.TrainingProblems)
                {
                    Note("training: " + problem.Definition.Id + " " + problem.Message, file);
                }
            }
            catch (Keras2DmlException error)
            {
                foreach (Problem problem in error.Problems)
                {
                    Note(problem.Definition.Id + " " + problem.Message, file);
                }
            }
        }

        output.WriteLine($"{loaded} loaded");
        foreach ((string what, List<string> files) in refused)
        {
            output.WriteLine($"{files.Count} x {what[..Math.Min(what.Length, 220)]} [{files[0]}]");
        }

        Assert.True(loaded > 0);
        void Note(string what, string file)
        {
            if (!refused.TryGetValue(what, out List<string>? files))
            {
                refused[what] = files = [];
            }

            files.Add(file);
        }
    }

    [Theory]
    [InlineData("models/keras2/k2_mlp_sgd_decay.h5", "iteration learning_rate dense_kernel_momentum dense_bias_momentum dense_1_kernel_momentum dense_1_bias_momentum")]
    [InlineData("models/keras2/k2_mlp_rmsprop_legacy.h5", null)]
    [InlineData("models/keras2/k2_multi_output_weights.h5", null)]
    [InlineData("models/keras2/k2_nested_models.h5", null)]
    [InlineData("models/keras2/k2_mlp_adagrad_legacy.h5", null)]
    public void Optimizer_states_of_older_files_are_read(string file, string? names)
    {
        KerasDocument document = KerasDocument.Load(Checkout.Golden(file));
        Assert.NotNull(document.Model.Training);
        IReadOnlyList<Network.Training.OptimizerVariable> variables = document.Model.Training.OptimizerVariables;
        output.WriteLine(string.Join("\n", variables.Select(v => $"{v.Name} {v.Value} {v.Value.GetDouble(0)}")));
        Assert.Equal(2, variables[0].Value.GetDouble(0));
        Assert.Contains(variables.Skip(2), v => Enumerable.Range(0, v.Value.Length).Any(i => v.Value.GetDouble(i) != 0));
        if (names is not null)
        {
            Assert.Equal(names.Split(' '), variables.Select(v => v.Name));
        }
    }
}
