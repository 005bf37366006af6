namespace Keras2Dml.Dml.Operators;

/// <summary>What is known of an input when a plan is made.</summary>
/// <param name="IsMatrix">False for scalars, frames and lists.</param>
/// <param name="Size">Size of a matrix.</param>
/// <param name="Constant">Value of a scalar that is known; null otherwise.</param>
internal readonly record struct InputFacts(bool IsMatrix, Size Size, double? Constant)
{
    /// <summary>The constant as a count; -1 when unknown.</summary>
    public int Count => Constant is { } c && c is >= 0 and <= int.MaxValue ? (int)c : -1;
}

/// <summary>Size of an operator's result from what is known of its inputs; <see cref="Size.Unknown"/> parts are found at run time.</summary>
internal delegate Size SizeRule(ReadOnlySpan<InputFacts> inputs);

/// <summary>Size rules shared by several operators.</summary>
internal static class SizeRules
{
    /// <summary>Scalar results have no size.</summary>
    public static Size Scalar(ReadOnlySpan<InputFacts> inputs) => new(0, 0);

    public static Size Unknown(ReadOnlySpan<InputFacts> inputs) => Size.Unknown;

    public static Size SameAsFirst(ReadOnlySpan<InputFacts> inputs) => inputs[0].IsMatrix ? inputs[0].Size : new Size(0, 0);

    /// <summary>The first matrix wins; a vector on the right broadcasts to it.</summary>
    public static Size Cellwise(ReadOnlySpan<InputFacts> inputs)
    {
        Size size = new(0, 0);
        bool found = false;
        foreach (InputFacts input in inputs)
        {
            if (!input.IsMatrix)
            {
                continue;
            }

            if (!input.Size.IsKnown)
            {
                return Size.Unknown;
            }

            // A column vector with a row vector is an outer operation.
            size = found ? new Size(Math.Max(size.Rows, input.Size.Rows), Math.Max(size.Columns, input.Size.Columns)) : input.Size;
            found = true;
        }

        return size;
    }

    public static Size Row(ReadOnlySpan<InputFacts> inputs) => new(1, inputs[0].Size.Columns);

    public static Size Column(ReadOnlySpan<InputFacts> inputs) => new(inputs[0].Size.Rows, 1);

    public static Size Transposed(ReadOnlySpan<InputFacts> inputs) => new(inputs[0].Size.Columns, inputs[0].Size.Rows);

    /// <summary>(X, rows, columns, ...).</summary>
    public static Size Reshape(ReadOnlySpan<InputFacts> inputs) => new(inputs[1].Count, inputs[2].Count);

    /// <summary>(value, rows, columns).</summary>
    public static Size Fill(ReadOnlySpan<InputFacts> inputs) => new(inputs[1].Count, inputs[2].Count);

    public static Size ColumnBind(ReadOnlySpan<InputFacts> inputs)
    {
        int columns = 0;
        int rows = -1;
        foreach (InputFacts input in inputs)
        {
            columns = columns < 0 || !input.Size.IsKnown || !input.IsMatrix ? -1 : columns + input.Size.Columns;
            rows = Math.Max(rows, input.IsMatrix ? input.Size.Rows : -1);
        }

        return new Size(rows, columns);
    }

    public static Size RowBind(ReadOnlySpan<InputFacts> inputs)
    {
        int rows = 0;
        int columns = -1;
        foreach (InputFacts input in inputs)
        {
            rows = rows < 0 || !input.Size.IsKnown || !input.IsMatrix ? -1 : rows + input.Size.Rows;
            columns = Math.Max(columns, input.IsMatrix ? input.Size.Columns : -1);
        }

        return new Size(rows, columns);
    }

    /// <summary>(X, first row, last row, first column, last column); 0 in place of a bound means the whole side.</summary>
    public static Size Index(ReadOnlySpan<InputFacts> inputs) =>
        new(Extent(inputs[1], inputs[2], inputs[0].Size.Rows), Extent(inputs[3], inputs[4], inputs[0].Size.Columns));

    /// <summary>(A, B, transpose A, transpose B).</summary>
    public static Size Multiply(ReadOnlySpan<InputFacts> inputs) => new(
        inputs[2].Constant == 0 ? inputs[0].Size.Rows : inputs[2].Constant is null ? -1 : inputs[0].Size.Columns,
        inputs[3].Constant == 0 ? inputs[1].Size.Columns : inputs[3].Constant is null ? -1 : inputs[1].Size.Rows);

    /// <summary>(from, to, step).</summary>
    public static Size Sequence(ReadOnlySpan<InputFacts> inputs)
    {
        if (inputs[0].Constant is not { } from || inputs[1].Constant is not { } to || inputs[2].Constant is not { } step || step == 0)
        {
            return new Size(-1, 1);
        }

        double count = Math.Floor((to - from) / step + 1e-10) + 1;
        return new Size(count is >= 0 and <= int.MaxValue ? (int)count : -1, 1);
    }

    /// <summary>(X, F, C, H, W, K, R, S, strideh, stridew, top, bottom, left, right, dilationh, dilationw, groups) -> N x K*P*Q.</summary>
    public static Size Convolution(ReadOnlySpan<InputFacts> inputs)
    {
        int p = WindowCount(inputs[3], inputs[6], inputs[8], inputs[10], inputs[11], inputs[14]);
        int q = WindowCount(inputs[4], inputs[7], inputs[9], inputs[12], inputs[13], inputs[15]);
        return new Size(inputs[0].Size.Rows, p < 0 || q < 0 || inputs[5].Count < 0 ? -1 : inputs[5].Count * p * q);
    }

    /// <summary>(X, C, H, W, R, S, strideh, stridew, top, bottom, left, right) -> N x C*P*Q.</summary>
    public static Size Pooling(ReadOnlySpan<InputFacts> inputs)
    {
        var one = new InputFacts(false, default, 1);
        int p = WindowCount(inputs[2], inputs[4], inputs[6], inputs[8], inputs[9], one);
        int q = WindowCount(inputs[3], inputs[5], inputs[7], inputs[10], inputs[11], one);
        return new Size(inputs[0].Size.Rows, p < 0 || q < 0 || inputs[1].Count < 0 ? -1 : inputs[1].Count * p * q);
    }

    private static int WindowCount(InputFacts size, InputFacts window, InputFacts stride, InputFacts before, InputFacts after, InputFacts dilation) =>
        size.Count < 0 || window.Count < 0 || stride.Count <= 0 || before.Count < 0 || after.Count < 0 || dilation.Count <= 0
            ? -1
            : Math.Max(0, (size.Count + before.Count + after.Count - ((window.Count - 1) * dilation.Count + 1)) / stride.Count + 1);

    private static int Extent(InputFacts lower, InputFacts upper, int whole)
    {
        if (lower.Constant is not { } l || upper.Constant is not { } u)
        {
            return -1;
        }

        int first = l == 0 ? 1 : (int)l;
        int last = u == 0 ? whole : (int)u;
        return last < 0 ? -1 : last - first + 1;
    }
}
