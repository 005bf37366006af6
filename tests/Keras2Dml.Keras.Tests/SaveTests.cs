using System.IO.Compression;
using Keras2Dml.Keras.Files;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Keras.Tests.Hdf5;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Tests;

public sealed class SaveTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Load_then_save_loses_nothing_in_any_supported_golden_file()
    {
        int saved = 0;
        foreach (string file in Golden.Files(".keras", ".h5"))
        {
            if (TryLoad(file) is not { } document)
            {
                continue;
            }

            string copy = Path.Combine(folder, "copy" + Path.GetExtension(file));
            document.Save(copy);
            Assert.True(Lines(Checkout.Golden(file)).SequenceEqual(Lines(copy)), file);
            saved++;
        }

        Assert.True(saved > 200, $"only {saved} files are supported");
    }

    [Fact]
    public void Changed_weights_are_saved_in_the_element_type_of_the_file_and_nothing_else_changes()
    {
        foreach (string file in Golden.Files(".keras", ".h5").Where((_, i) => i % 7 == 0))
        {
            if (TryLoad(file) is not { } document || document.Model.Parameters.FirstOrDefault(p => p.Spec is { Stored: true, Type: ElementType.Float32 }) is not { } changed)
            {
                continue;
            }

            changed.Value = Tensor.From(Enumerable.Range(0, changed.Value!.Length).Select(i => i * 0.25f).ToArray(), [.. changed.Spec.Shape]);
            string copy = Path.Combine(folder, "changed" + Path.GetExtension(file));
            document.Save(copy);
            KerasDocument back = KerasDocument.Load(copy);
            // States of random generators that no file holds start at a random seed.
            foreach ((ModelParameter expected, ModelParameter actual) in document.Model.Parameters.Zip(back.Model.Parameters).Where(p => p.First.Spec.Stored && !p.First.Spec.Owner.EndsWith("seed_generator", StringComparison.Ordinal)))
            {
                Assert.Equal(expected.Path, actual.Path);
                Assert.True(Same(expected.Value, actual.Value), $"{file} {expected.Path}");
            }

            Assert.Equal(1, Lines(Checkout.Golden(file)).Zip(Lines(copy)).Count(l => l.First != l.Second));
        }
    }

    [Fact]
    public void A_model_of_one_format_is_saved_in_another_and_read_back_with_the_same_weights()
    {
        int count = 0;
        foreach (string file in Golden.Files(".keras").Where(f => f.StartsWith("models/keras3", StringComparison.Ordinal)))
        {
            if (TryLoad(file) is not { } document)
            {
                continue;
            }

            string legacy = Path.Combine(folder, "model.h5");
            document.Save(legacy);
            KerasDocument back = KerasDocument.Load(legacy);
            Assert.True(document.Model.Parameters.Where(p => !p.Spec.Owner.EndsWith("seed_generator", StringComparison.Ordinal)).All(p => Same(p.Value, back.Model.Parameters.First(b => b.Path == p.Path).Value)), file);
            Assert.Equal(document.Model.Training is null, back.Model.Training is null);
            if (document.Model.Training is { } training)
            {
                Assert.Equal(training.OptimizerVariables.Select(v => v.Name), back.Model.Training!.OptimizerVariables.Select(v => v.Name));
                Assert.All(training.OptimizerVariables.Zip(back.Model.Training.OptimizerVariables), p => Assert.True(Same(p.First.Value, p.Second.Value)));
            }

            string weights = Path.Combine(folder, "model.weights.h5");
            document.Save(weights);
            back.LoadWeights(weights);
            count++;
        }

        Assert.True(count > 10);
    }

    [Fact]
    public void An_unknown_ending_is_refused_before_anything_is_written()
    {
        KerasDocument document = KerasDocument.Load(Checkout.Golden("models/keras3/mlp_logits_sparse_momentum.keras"));
        Assert.Equal(ErrorCategory.Usage, Assert.Throws<Keras2DmlException>(() => document.Save(Path.Combine(folder, "model.xyz"))).Category);
        Assert.Empty(Directory.GetFiles(folder));
    }

    private static KerasDocument? TryLoad(string file)
    {
        try
        {
            return KerasDocument.Load(Checkout.Golden(file));
        }
        catch (Keras2DmlException)
        {
            return null;
        }
    }

    private static bool Same(Tensor? a, Tensor? b) =>
        a is null || b is null ? a is null && b is null : a.Shape.SequenceEqual(b.Shape) && Enumerable.Range(0, a.Length).All(i => a.GetDouble(i).Equals(b.GetDouble(i)));

    /// <summary>Everything in a file: members of an archive, and the HDF5 tree object by object.</summary>
    private static List<string> Lines(string path)
    {
        if (HdfReader.IsHdf(File.ReadAllBytes(path)))
        {
            return [.. HdfTrees.Describe(HdfReader.Read(File.ReadAllBytes(path), path))];
        }

        var lines = new List<string>();
        using ZipArchive zip = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            var bytes = new MemoryStream();
            using Stream member = entry.Open();
            member.CopyTo(bytes);
            lines.AddRange(entry.Name == "model.weights.h5" ? HdfTrees.Describe(HdfReader.Read(bytes.ToArray(), path)) : [entry.FullName + " " + Convert.ToHexString(bytes.ToArray())]);
        }

        return lines;
    }
}
