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
                KerasDocument document = KerasDocument.Load(Golden.PathOf(file));
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
}
