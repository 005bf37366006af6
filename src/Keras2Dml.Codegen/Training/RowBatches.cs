using Keras2Dml.Codegen.Writing;

namespace Keras2Dml.Codegen.Training;

/// <summary>Writes how a batch takes its rows from the data: in order, or by the row order of a shuffle.</summary>
internal static class RowBatches
{
    /// <summary>Writes the rows <c>beg</c> to <c>end</c> of each array into its batch.</summary>
    /// <param name="writer">Receives the lines.</param>
    /// <param name="sources">Receives the library file.</param>
    /// <param name="arrays">Names of data and of their batches.</param>
    public static void Take(ScriptWriter writer, SourceTable sources, IReadOnlyList<(string Data, string Batch)> arrays)
    {
        writer.Open("if (shuffle)");
        string take = sources.Function("util/rows", "take");
        writer.Line("batch_rows = row_order[beg:end, ]");
        writer.Lines(arrays.Select(a => $"{a.Batch} = {take}({a.Data}, batch_rows)"));
        writer.Else();
        writer.Lines(arrays.Select(a => $"{a.Batch} = {a.Data}[beg:end, ]"));
        writer.Close();
    }
}
