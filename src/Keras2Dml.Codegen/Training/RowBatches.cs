using Keras2Dml.Codegen.Writing;

namespace Keras2Dml.Codegen.Training;

/// <summary>Writes how a batch takes its rows from the data: in order, or by the row order of a shuffle.</summary>
internal static class RowBatches
{
    /// <summary>Writes the rows <c>beg</c> to <c>end</c> of each array into its batch.</summary>
    /// <param name="writer">Receives the lines.</param>
    /// <param name="arrays">Names of data and of their batches.</param>
    public static void Take(ScriptWriter writer, IReadOnlyList<(string Data, string Batch)> arrays)
    {
        writer.Open("if (shuffle)");
        writer.Line("P = table(seq(1, end - beg + 1), row_order[beg:end, ], end - beg + 1, num_rows)", "selects rows: N x num_rows");
        writer.Lines(arrays.Select(a => $"{a.Batch} = P %*% {a.Data}"));
        writer.Else();
        writer.Lines(arrays.Select(a => $"{a.Batch} = {a.Data}[beg:end, ]"));
        writer.Close();
    }
}
