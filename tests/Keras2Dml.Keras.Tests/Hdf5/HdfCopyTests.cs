using Keras2Dml.Keras.Hdf5;

namespace Keras2Dml.Keras.Tests.Hdf5;

public sealed class HdfCopyTests
{
    [Fact]
    public void Every_golden_file_is_copied_with_its_paths_types_attributes_and_values()
    {
        int files = 0;
        foreach (string file in Golden.Files(".keras", ".h5", ".scope"))
        {
            if (Golden.HdfBytes(file) is not { } bytes)
            {
                continue;
            }

            HdfGroup tree = HdfReader.Read(bytes, file);
            var copy = new MemoryStream();
            HdfWriter.Write(copy, tree);
            Assert.Equal(HdfTrees.Describe(tree), HdfTrees.Describe(HdfReader.Read(copy.ToArray(), file)));
            files++;
        }

        Assert.True(files > 100, $"only {files} golden files");
    }

    [Fact]
    public void Large_groups_and_many_texts_come_back()
    {
        var root = new HdfGroup();
        for (int i = 0; i < 3000; i++)
        {
            root.Children[$"layer_{i}"] = Tensor.From(new[] { i }, 1).ToDataset("test");
        }

        string[] texts = [.. Enumerable.Range(0, 9000).Select(i => new string('x', i % 90))];
        root.Attributes["texts"] = HdfValue.Texts(texts[..3000]);
        root.Attributes["long"] = HdfValue.Text(new string('y', 200_000), HdfType.Ascii);
        root.Attributes["größe"] = HdfValue.Text("ü");
        root.Children["texts"] = new HdfDataset(HdfValue.Texts(texts));
        var copy = new MemoryStream();
        HdfWriter.Write(copy, root);
        HdfGroup back = HdfReader.Read(copy.ToArray(), "copy");
        Assert.Equal(3001, back.Children.Count);
        Assert.Equal(2345, back.Dataset("layer_2345")!.ToTensor("test").GetDouble(0));
        Assert.Equal(texts, ((HdfDataset)back.Children["texts"]).Value.AsTexts());
        Assert.Equal(texts[..3000], back.TextsAttribute("texts"));
        Assert.Equal(200_000, back.TextAttribute("long")!.Length);
        Assert.Equal("ü", back.TextAttribute("größe"));
        if (Environment.GetEnvironmentVariable("KEEP_HDF") is { } keep)
        {
            File.WriteAllBytes(keep, copy.ToArray());
        }
    }
}
