using System.Diagnostics;
using Keras2Dml.Keras.Hdf5;
using PureHDF;

namespace Keras2Dml.Keras.Tests.Hdf5;

/// <summary>What we write is read by readers that others wrote.</summary>
public sealed class OtherReadersTests : IDisposable
{
    private const string Comparison = """
        import h5py, numpy, sys
        def describe(f):
            lines = []
            def one(name, o):
                for k in sorted(o.attrs):
                    a = h5py.h5a.open(o.id, k.encode())
                    lines.append((name, '@' + k, str(a.dtype), a.shape, a.get_type().encode(), repr(numpy.asarray(o.attrs[k]).tolist())))
                if isinstance(o, h5py.Dataset):
                    lines.append((name, str(o.dtype), o.shape, o.id.get_type().encode(), numpy.asarray(o[()]).tobytes()))
                else:
                    lines.append((name, 'group'))
            one('/', f)
            f.visititems(one)
            return lines
        bad = 0
        for line in open(sys.argv[1]):
            a, b = line.rstrip('\n').split('\t')
            with h5py.File(a, 'r') as x, h5py.File(b, 'r') as y:
                if describe(x) != describe(y):
                    bad += 1
                    print('differs:', a)
        print('different files:', bad)
        """;

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void H5py_finds_the_same_paths_types_attributes_and_values_in_our_copies()
    {
        string? python = new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(p => Run(p, "-c", "import h5py") is (0, _));
        Assert.SkipWhen(python is null, "python3 with h5py is not installed");
        var pairs = new List<string>();
        foreach (string file in Golden.Files(".keras", ".h5", ".scope"))
        {
            if (Golden.HdfBytes(file) is { } bytes)
            {
                string original = Path.Combine(folder, $"{pairs.Count}.h5");
                string copy = Path.Combine(folder, $"{pairs.Count}.copy.h5");
                File.WriteAllBytes(original, bytes);
                using FileStream stream = File.Create(copy);
                HdfWriter.Write(stream, HdfReader.Read(bytes, file));
                pairs.Add(original + "\t" + copy);
            }
        }

        string list = Path.Combine(folder, "pairs.txt");
        File.WriteAllLines(list, pairs);
        string script = Path.Combine(folder, "compare.py");
        File.WriteAllText(script, Comparison);
        (int code, string output) = Run(python!, script, list);
        Assert.True(code == 0 && output.TrimEnd().EndsWith("different files: 0", StringComparison.Ordinal), output);
    }

    [Fact]
    public void PureHDF_reads_what_we_write()
    {
        var root = new HdfGroup();
        root.Attributes["name"] = HdfValue.Text("model");
        root.Require("layers/dense/vars").Children["0"] = Tensor.From(new[] { 1f, 2, 3, 4, 5, 6 }, 2, 3).ToDataset("test");
        root.Require("layers/dense/vars").Children["1"] = Tensor.From(new[] { 7L }).Reshape().ToDataset("test");
        var stream = new MemoryStream();
        HdfWriter.Write(stream, root);
        stream.Position = 0;
        using var file = H5File.Open(stream);
        Assert.Equal("model", file.Attribute("name").Read<string>());
        Assert.Equal([1f, 2, 3, 4, 5, 6], file.Dataset("layers/dense/vars/0").Read<float[]>());
        Assert.Equal([2UL, 3UL], file.Dataset("layers/dense/vars/0").Space.Dimensions);
        Assert.Equal(7L, file.Dataset("layers/dense/vars/1").Read<long>());
    }

    [Fact]
    public void We_read_what_PureHDF_writes()
    {
        // Version 2 object headers and links in messages.
        var group = new H5Group { ["x"] = new H5Dataset(new double[,] { { 1, 2 }, { 3, 4 } }), ["n"] = 5 };
        group.Attributes["names"] = new H5Attribute(new[] { "a", "ü" });
        var written = new H5File { ["model"] = group };
        string path = Path.Combine(folder, "pure.h5");
        written.Write(path);
        HdfGroup root = HdfReader.Read(File.ReadAllBytes(path), path);
        Assert.Equal([1.0, 2, 3, 4], root.Dataset("model/x")!.ToTensor(path).AsSpan<double>().ToArray());
        Assert.Equal(5, root.Dataset("model/n")!.ToTensor(path).GetDouble(0));
        Assert.Equal(["a", "ü"], root.Group("model")!.TextsAttribute("names"));
    }

    [Fact]
    public void Chunks_and_filters_and_new_files_of_h5py_are_read()
    {
        string? python = new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(p => Run(p, "-c", "import h5py") is (0, _));
        Assert.SkipWhen(python is null, "python3 with h5py is not installed");
        string path = Path.Combine(folder, "h5py.h5");
        string script = Path.Combine(folder, "write.py");
        File.WriteAllText(script, """
            import h5py, numpy, sys
            a = numpy.arange(1000, dtype='f4').reshape(20, 50)
            with h5py.File(sys.argv[1], 'w') as f:
                f.create_dataset('gzip', data=a, chunks=(7, 16), compression='gzip', shuffle=True, fletcher32=True)
                f.create_dataset('big', data=a.astype('>f8'))
                f.create_dataset('half', data=a.astype('f2'))
                f.create_dataset('fill', shape=(3, 2), dtype='i4', fillvalue=9)
                f.create_dataset('flags', data=numpy.array([True, False]))
            with h5py.File(sys.argv[1] + '.latest', 'w', libver='latest') as f:
                g = f.create_group('many')
                for i in range(2000):
                    g['d%d' % i] = i
                    if i < 300: g.attrs['a%d' % i] = i
            """);
        (int code, string output) = Run(python!, script, path);
        Assert.True(code == 0, output);
        HdfGroup root = HdfReader.Read(File.ReadAllBytes(path), path);
        float[] expected = [.. Enumerable.Range(0, 1000).Select(i => (float)i)];
        Assert.Equal(expected, root.Dataset("gzip")!.ToTensor(path).AsSpan<float>().ToArray());
        Assert.Equal(expected, root.Dataset("big")!.ToTensor(path).Cast(ElementType.Float32).AsSpan<float>().ToArray());
        Assert.Equal(expected, root.Dataset("half")!.ToTensor(path).AsSpan<float>().ToArray());
        Assert.Equal([9, 9, 9, 9, 9, 9], root.Dataset("fill")!.ToTensor(path).AsSpan<int>().ToArray());
        Assert.Equal([true, false], root.Dataset("flags")!.ToTensor(path).AsSpan<bool>().ToArray());
        HdfGroup latest = HdfReader.Read(File.ReadAllBytes(path + ".latest"), path);
        Assert.Equal(1234, latest.Dataset("many/d1234")!.ToTensor(path).GetDouble(0));
        Assert.Equal(2000, latest.Group("many")!.Children.Count);
        Assert.Equal(300, latest.Group("many")!.Attributes.Count);
    }

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return (-1, error.Message);
        }
    }
}
