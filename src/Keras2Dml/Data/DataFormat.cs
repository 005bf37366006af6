using Keras2Dml.Core.Data;

namespace Keras2Dml.Data;

/// <summary>A format of data files: the endings of its names, and how a file is read, as a table with named columns or as one array.</summary>
internal sealed record DataFormat
{
    private DataFormat(IReadOnlyList<string> endings)
    {
        Endings = endings;
    }

    /// <summary>The formats that need nothing but this library. An archive of several arrays (.npz) is no single array and stands in <see cref="DataArguments"/>.</summary>
    public static IReadOnlyList<DataFormat> BuiltIn { get; } =
    [
        Array([".npy"], NpyFile.Read),
        Table([".csv", ".tsv", ".txt"], CsvFile.Read),
        Array([".idx", "-ubyte", ".gz"], IdxFile.Read),
        Table([], SystemDsMatrix.Read) with { Recognizes = SystemDsMatrix.IsMatrix },
    ];

    public IReadOnlyList<string> Endings { get; }

    /// <summary>Tells files that have no ending of their own; asked when no ending fits.</summary>
    public Func<string, bool>? Recognizes { get; private init; }

    /// <summary>Reads a table; null for formats of single arrays.</summary>
    public Func<string, NumberTable>? ReadTable { get; private init; }

    /// <summary>Reads one array; a table is a matrix.</summary>
    public required Func<string, Tensor> ReadArray { get; init; }

    /// <summary>A format of single arrays.</summary>
    public static DataFormat Array(IReadOnlyList<string> endings, Func<string, Tensor> read) => new(endings) { ReadArray = read };

    /// <summary>A format of tables.</summary>
    public static DataFormat Table(IReadOnlyList<string> endings, Func<string, NumberTable> read) => new(endings)
    {
        ReadTable = read,
        ReadArray = path =>
        {
            NumberTable table = read(path);
            return Tensor.From(table.Values, table.Rows, table.ColumnCount);
        },
    };

    /// <summary>The format of a file by its name or, for folders and other names, by what lies there.</summary>
    public static DataFormat? Of(string path, IReadOnlyList<DataFormat> formats) =>
        (Directory.Exists(path) ? null : formats.FirstOrDefault(f => f.Endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase))))
        ?? formats.FirstOrDefault(f => f.Recognizes?.Invoke(path) == true);
}
