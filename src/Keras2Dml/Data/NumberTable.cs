namespace Keras2Dml.Data;

/// <summary>A table of numbers from a file.</summary>
/// <param name="Path">Where it came from.</param>
/// <param name="Columns">Names of the columns, or null when the file has none.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="ColumnCount">Number of columns.</param>
/// <param name="Values">The cells in row-major order.</param>
internal sealed record NumberTable(string Path, IReadOnlyList<string>? Columns, int Rows, int ColumnCount, double[] Values)
{
    /// <summary>Some columns as a matrix (rows x columns).</summary>
    public Tensor Pick(int[] columns)
    {
        var values = new double[Rows * columns.Length];
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                values[(row * columns.Length) + i] = Values[(row * ColumnCount) + columns[i]];
            }
        }

        return Tensor.From(values, Rows, columns.Length);
    }
}
