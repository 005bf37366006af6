using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Files;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>read and write: files, or matrices of the caller under <c>memory:NAME</c>.</summary>
internal static class InputOutput
{
    private const string MemoryPrefix = "memory:";

    public static void AddTo(Dictionary<string, RuntimeBuiltin> table)
    {
        table["read"] = Read;
        table["write"] = Write;
    }

    // Inputs: path, format, data_type, value_type, rows, cols, header, sep, fill, default, naStrings
    private static void Read(ref BuiltinContext c)
    {
        string path = c.Text(0);
        if (path.StartsWith(MemoryPrefix, StringComparison.Ordinal))
        {
            c.Return(Value.Of(c.Context.MemoryInputs.TryGetValue(path[MemoryPrefix.Length..], out Matrix? bound)
                ? bound.Retain()
                : throw RuntimeErrors.NotBound.With(path)));
            return;
        }

        var metadata = new FileMetadata
        {
            Format = c.Text(1).ToLowerInvariant(), DataType = c.Text(2).ToLowerInvariant(), ValueType = c.Text(3).ToLowerInvariant(),
            Rows = c.Inputs[4].AsInteger(), Columns = c.Inputs[5].AsInteger(), Header = c.Inputs[6].AsBoolean(), Separator = c.Text(7),
            Fill = c.Inputs[8].AsBoolean(), Default = c.Inputs[9].AsDouble(), MissingNames = c.Text(10).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        };
        c.Return(DataReader.Read(Path.Combine(c.Context.WorkingDirectory, path), path, metadata, c.Pool));
    }

    // Inputs: value, path, format, header, sep, sparse, description
    private static void Write(ref BuiltinContext c)
    {
        string path = c.Text(1);
        if (path.StartsWith(MemoryPrefix, StringComparison.Ordinal))
        {
            string name = path[MemoryPrefix.Length..];
            Matrix matrix = c.Inputs[0].Tag == ValueTag.Matrix ? c.Matrix(0).Retain() : Single(c.Inputs[0], c.Pool);
            if (c.Context.MemoryOutputs.Remove(name, out Matrix? old))
            {
                old.Release();
            }

            c.Context.MemoryOutputs[name] = matrix;
            return;
        }

        DataWriter.Write(c.Inputs[0], Path.Combine(c.Context.WorkingDirectory, path), c.Text(2).ToLowerInvariant(), c.Inputs[3].AsBoolean(), c.Text(4), c.Inputs[5].AsBoolean(), c.Text(6));
    }

    private static Matrix Single(Value value, BufferPool pool)
    {
        Matrix matrix = pool.Rent(1, 1, MatrixType.Double);
        matrix.Set(0, value.IsNumber ? value.AsDouble() : throw RuntimeErrors.NotBound.With("a value that is no number"));
        return matrix;
    }
}
