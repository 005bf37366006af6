using Keras2Dml.Core.Errors;

namespace Keras2Dml.Data;

/// <summary>Checks arrays against what the model declares.</summary>
internal static class Shaping
{
    /// <summary>The tensor under the input's shape: (N, ...) as declared, or (N, product) that is reshaped.</summary>
    /// <exception cref="Keras2DmlException">No rows, or rows of another size.</exception>
    public static Tensor Input(Tensor tensor, ModelPort port)
    {
        if (tensor.Rank == 0 || tensor.Shape[0] == 0)
        {
            throw DataErrors.NoRows.At(port.Name);
        }

        int[] declared = [.. port.Shape.Select(s => s ?? -1)];
        int rows = tensor.Shape[0];
        int[] given = [.. tensor.Shape.Skip(1)];
        if (given.Length == declared.Length && given.Zip(declared).All(p => p.Second < 0 || p.First == p.Second))
        {
            return tensor;
        }

        int elements = given.Aggregate(1, (a, b) => a * b);
        if (Array.TrueForAll(declared, d => d >= 0) && declared.Aggregate(1, (a, b) => a * b) == elements)
        {
            return tensor.Reshape([rows, .. declared]);
        }

        throw DataErrors.InputShape.With(
            port.Name,
            "(" + string.Join(", ", declared.Select(d => d < 0 ? "None" : $"{d}")) + ")",
            Array.TrueForAll(declared, d => d >= 0) ? declared.Aggregate(1, (a, b) => a * b) : "any number of",
            elements,
            "(" + string.Join(", ", tensor.Shape) + ")");
    }

    /// <summary>Inputs, targets and sample weights must have the same number of rows.</summary>
    /// <exception cref="Keras2DmlException">They do not.</exception>
    public static void RequireRows(KerasModel model, Tensor[] inputs, Tensor[] targets, Tensor? sampleWeight) => RequireRows(
    [
        .. inputs.Select((t, i) => (model.Inputs[i].Name, t)), .. targets.Select((t, i) => ("target of " + model.Outputs[i].Name, t)),
        .. sampleWeight is null ? Array.Empty<(string, Tensor)>() : [("sample_weight", sampleWeight)],
    ]);

    /// <summary>All arrays must have the same number of rows.</summary>
    /// <exception cref="Keras2DmlException">They do not.</exception>
    public static void RequireRows(IEnumerable<(string Name, Tensor Tensor)> arrays)
    {
        (string Name, Tensor Tensor)[] all = [.. arrays];
        int rows = all[0].Tensor.Shape[0];
        if (Array.Exists(all, a => a.Tensor.Rank == 0 || a.Tensor.Shape[0] != rows))
        {
            throw DataErrors.RowCounts.With(string.Join(", ", all.Select(a => $"{a.Name} with {(a.Tensor.Rank == 0 ? 1 : a.Tensor.Shape[0])} rows")));
        }
    }
}
