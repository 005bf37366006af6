using System.Text;
using Keras2Dml.Core.Data;

namespace Keras2Dml.Core.Tests.Data;

public sealed class NpyFileTests
{
    [Fact]
    public void Every_element_type_comes_back_as_written()
    {
        Tensor[] tensors =
        [
            Tensor.From(new[] { 1.5f, -2, float.NaN, float.PositiveInfinity }, 2, 2), Tensor.From(new[] { 1e-300, 2 }, 2, 1),
            Tensor.From(new[] { 1, -2, int.MaxValue }, 3), Tensor.From(new[] { long.MinValue }), Tensor.From(new[] { true, false }, 1, 2),
            Tensor.From(new[] { "a", "längeres", "𝄞" }, 3), Tensor.From(Array.Empty<float>(), 0, 4),
        ];
        foreach (Tensor tensor in tensors)
        {
            var stream = new MemoryStream();
            NpyFile.Write(stream, tensor);
            stream.Position = 0;
            Tensor back = NpyFile.Read(stream, "memory", stream.Length);
            Assert.Equal(tensor.ElementType, back.ElementType);
            Assert.Equal(tensor.Shape, back.Shape);
            Assert.Equal(Texts(tensor), Texts(back));
        }
    }

    [Theory]
    [InlineData("<f2", new byte[] { 0x00, 0x3c, 0x00, 0xc0 }, new double[] { 1, -2 })]
    [InlineData(">f4", new byte[] { 0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0 }, new double[] { 1, -2 })]
    [InlineData("|u1", new byte[] { 255, 1 }, new double[] { 255, 1 })]
    [InlineData("|i1", new byte[] { 255, 1 }, new double[] { -1, 1 })]
    [InlineData("<u2", new byte[] { 255, 255, 1, 0 }, new double[] { 65535, 1 })]
    [InlineData("<u4", new byte[] { 255, 255, 255, 255, 1, 0, 0, 0 }, new double[] { 4294967295, 1 })]
    [InlineData(">i2", new byte[] { 255, 254, 0, 1 }, new double[] { -2, 1 })]
    public void Other_number_types_are_widened(string type, byte[] bytes, double[] expected)
    {
        Tensor tensor = Read(Npy(type, "(2,)", bytes));
        Assert.Equal(expected, Enumerable.Range(0, 2).Select(tensor.GetDouble));
    }

    [Fact]
    public void Fortran_order_is_turned_into_row_major_order()
    {
        Tensor tensor = Read(Npy("|u1", "(2, 3)", [1, 4, 2, 5, 3, 6], fortran: true));
        Assert.Equal([1, 2, 3, 4, 5, 6], tensor.AsSpan<int>().ToArray());
    }

    [Theory]
    [InlineData("|O", "(1,)", "K2D5006")]
    [InlineData("<c8", "(1,)", "K2D5007")]
    [InlineData("<f4", "(9999999999999, 9)", "K2D5009")]
    [InlineData("<f4", "(2000000000, 2000000000, 2000000000)", "K2D5009")]
    [InlineData("<f4", "(500000000,)", "K2D5008")]
    [InlineData("<f4", "(-1,)", "K2D5005")]
    [InlineData("<f4", "(1", "K2D5005")]
    [InlineData("<U99999999", "(1,)", "K2D5009")]
    public void Hostile_headers_are_refused_before_anything_is_allocated(string type, string shape, string id)
    {
        Assert.Equal(id, Assert.Throws<Keras2DmlException>(() => Read(Npy(type, shape, [0, 0, 0, 0]))).Id);
    }

    [Fact]
    public void Truncated_data_tell_what_is_missing()
    {
        var error = Assert.Throws<Keras2DmlException>(() => Read(Npy("<f8", "(3,)", new byte[16])));
        Assert.Equal("K2D5008: memory: The data are cut off: shape (3) of <f8 needs 24 bytes, 16 are there.", error.Message);
        Assert.Equal(ErrorCategory.Data, error.Category);
    }

    [Fact]
    public void An_archive_of_arrays_comes_back_as_written()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".npz");
        try
        {
            NpzFile.Write(path, [new("x", Tensor.From(new float[10000], 100, 100)), new("weights/a/b", Tensor.From(new[] { 1L, 2 }, 2))]);
            IReadOnlyDictionary<string, Tensor> back = NpzFile.ReadAll(path);
            Assert.Equal(["x", "weights/a/b"], back.Keys);
            Assert.Equal([100, 100], back["x"].Shape);
            Assert.Equal([1L, 2], back["weights/a/b"].AsSpan<long>().ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Damaged_archives_end_in_catalogue_errors()
    {
        var stream = new MemoryStream();
        NpzFile.Write(stream, [new("x", Tensor.From(new[] { 1f, 2, 3 }, 3)), new("y", Tensor.From(new int[500], 5, 100))]);
        byte[] whole = stream.ToArray();
        var random = new System.Random(7);
        for (int round = 0; round < 300; round++)
        {
            byte[] bytes = round % 2 == 0 ? whole[..random.Next(whole.Length)] : (byte[])whole.Clone();
            for (int flips = 0; round % 2 == 1 && flips < 4; flips++)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                using NpzFile file = NpzFile.FromBytes(bytes, "memory");
                foreach (string name in file.Names)
                {
                    file.Read(name);
                }
            }
            catch (Keras2DmlException error)
            {
                Assert.Equal(ErrorCategory.Data, error.Category);
            }
        }
    }

    private static Tensor Read(byte[] bytes) => NpyFile.Read(new MemoryStream(bytes), "memory", bytes.Length - 128);

    private static byte[] Npy(string type, string shape, byte[] data, bool fortran = false)
    {
        string text = $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(text), .. data];
    }

    private static string[] Texts(Tensor tensor) => [.. Enumerable.Range(0, tensor.Length).Select(i =>
        tensor.ElementType == ElementType.String ? tensor.AsSpan<string>()[i] : tensor.GetDouble(i).ToString("R", System.Globalization.CultureInfo.InvariantCulture))];
}
