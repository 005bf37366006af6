using System.Collections.Frozen;

namespace Keras2Dml.Dml.Operators;

/// <summary>Every operator: one line each. Inputs stand in the order of the comment; positions in matrices are 1-based as in DML.</summary>
internal static class OperatorTable
{
    private const OperatorFlags Cell = OperatorFlags.Elementwise | OperatorFlags.InPlace;
    private const OperatorFlags Commutes = Cell | OperatorFlags.Commutative;

    /// <summary>The operators.</summary>
    public static IReadOnlyList<Operator> All { get; } =
    [
        // Cellwise with one input; scalars are computed by the runtime itself.
        .. Unary("abs", "sqrt", "exp", "log", "floor", "ceiling", "round", "sign", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "sigmoid", "negate", "!", "is.na", "is.nan", "is.infinite"),

        // Cellwise with two inputs: matrix and scalar in any order, equal sizes, a row or column vector on the right.
        .. Binary(Commutes, "+", "*", "==", "!=", "&", "|", "xor", "min", "max", "bitwAnd", "bitwOr", "bitwXor"),
        .. Binary(Cell, "-", "/", "^", "%%", "%/%", "<", "<=", ">", ">=", "log_base", "bitwShiftL", "bitwShiftR"),
        new("ifelse", 3, 3, 1, PrecisionRule.Follow, Cell, SizeRules.Cellwise),

        // A CellProgram over its inputs.
        new("cell_chain", 1, -1, 1, PrecisionRule.Follow, Cell, SizeRules.Cellwise),

        // Aggregates of X.
        .. Aggregates(PrecisionRule.Scalar, SizeRules.Scalar, "sum", "mean", "minimum", "maximum", "prod", "sd", "var", "trace"),
        .. Aggregates(PrecisionRule.Follow, SizeRules.Column, "rowSums", "rowMeans", "rowMins", "rowMaxs", "rowProds", "rowSds", "rowVars"),
        .. Aggregates(PrecisionRule.Follow, SizeRules.Row, "colSums", "colMeans", "colMins", "colMaxs", "colProds", "colSds", "colVars"),
        .. Aggregates(PrecisionRule.AlwaysDouble, SizeRules.Column, "rowIndexMax", "rowIndexMin"),
        .. Aggregates(PrecisionRule.Follow, SizeRules.SameAsFirst, "cumsum", "cumprod", "cummin", "cummax"),
        new("cumsumprod", 1, 1, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Column),

        // Reorganisation.
        new("t", 1, 1, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Transposed),
        new("rev", 1, 1, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.SameAsFirst),
        new("diag", 1, 1, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown),
        new("reshape", 4, 4, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Reshape), // X, rows, columns, byrow
        new("cbind", 1, -1, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.ColumnBind),
        new("rbind", 1, -1, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.RowBind),
        new("index", 5, 5, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Index), // X, first row, last row, first column, last column; 0 for an open side
        new("leftindex", 6, 6, 1, PrecisionRule.Follow, OperatorFlags.InPlace, SizeRules.SameAsFirst), // X, Y (matrix or scalar), bounds as for index
        new("fill", 3, 3, 1, PrecisionRule.Adapt, OperatorFlags.None, SizeRules.Fill), // value, rows, columns
        new("seq", 3, 3, 1, PrecisionRule.AlwaysDouble, OperatorFlags.None, SizeRules.Sequence), // from, to, step
        new("order", 4, 4, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown), // X, by (scalar or row vector), decreasing, index.return
        new("table", 2, 5, 1, PrecisionRule.AlwaysDouble, OperatorFlags.None, SizeRules.Unknown), // A, B, [weights], [rows, columns]
        new("removeEmpty", 3, 4, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown), // X, margin ("rows" or "cols"), empty.return, [select]
        new("replace", 3, 3, 1, PrecisionRule.Follow, Cell, SizeRules.SameAsFirst), // X, pattern, replacement
        new("outer", 3, 3, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown), // u, v, operator
        new("rexpand", 5, 5, 1, PrecisionRule.AlwaysDouble, OperatorFlags.None, SizeRules.Unknown), // X, max, direction, cast, ignore
        new("lower.tri", 3, 3, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.SameAsFirst), // X, diag, values
        new("upper.tri", 3, 3, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.SameAsFirst),
        new("roll", 2, 2, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.SameAsFirst),
        new("unique", 2, 2, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown), // X, direction
        new("gather_rows", 2, 2, 1, PrecisionRule.Follow, OperatorFlags.None, i => new Size(i[1].Size.Rows, i[0].Size.Columns)), // X, row numbers (n x 1); 0 gives zeros
        new("scatter_add_rows", 3, 3, 1, PrecisionRule.Follow, OperatorFlags.None, i => new Size(i[2].Count, i[0].Size.Columns)), // X, row numbers (n x 1), rows of the result

        // Random numbers: rows, columns, min, max, pdf, sparsity, seed (-1 for none), lambda.
        new("rand", 8, 8, 1, PrecisionRule.Adapt, OperatorFlags.None, i => new Size(i[0].Count, i[1].Count)),
        new("sample", 4, 4, 1, PrecisionRule.AlwaysDouble, OperatorFlags.None, i => new Size(i[1].Count, 1)), // range, size, replacement, seed
        .. Philox("philox_uniform", "philox_uniform64", "philox_normal", "philox_normal64", "philox_truncated_normal", "philox_truncated_normal64"), // float32 draws, or float64 draws

        // Linear algebra.
        new("matrixmultiply", 4, 4, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Multiply), // A, B, transpose A, transpose B
        new("multiply_bias", 3, 3, 1, PrecisionRule.Follow, OperatorFlags.None, i => new Size(i[0].Size.Rows, i[1].Size.Columns)), // A %*% B + row vector
        new("multiply_bias_relu", 3, 3, 1, PrecisionRule.Follow, OperatorFlags.None, i => new Size(i[0].Size.Rows, i[1].Size.Columns)), // max(A %*% B + row vector, 0)
        new("solve", 2, 2, 1, PrecisionRule.Follow, OperatorFlags.None, i => new Size(i[0].Size.Columns, i[1].Size.Columns)),
        new("inv", 1, 1, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.SameAsFirst),
        new("cholesky", 1, 1, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.SameAsFirst),
        new("det", 1, 1, 1, PrecisionRule.Scalar, OperatorFlags.None, SizeRules.Scalar),
        new("svd", 1, 1, 3, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown),
        new("qr", 1, 1, 2, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown),
        new("eigen", 1, 1, 2, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown),
        new("lu", 1, 1, 3, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown),

        // Neural networks; images are rows of C,H,W. Padding of its own on each side.
        new("conv2d", 17, 17, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Convolution), // X, F, C, H, W, K, R, S, strideh, stridew, top, bottom, left, right, dilationh, dilationw, groups
        new("conv2d_bias", 18, 18, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Convolution), // X, F, C, ..., groups, b (K x 1): bias_add(conv2d(...), b)
        new("conv2d_bias_relu", 18, 18, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Convolution), // max(bias_add(conv2d(...), b), 0)
        new("conv2d_backward_filter", 17, 17, 1, PrecisionRule.Follow, OperatorFlags.None, i => new Size(i[5].Count, i[2].Count < 0 ? -1 : i[2].Count / Math.Max(1, i[16].Count) * i[6].Count * i[7].Count)), // X, dout, then as conv2d
        new("conv2d_backward_data", 17, 17, 1, PrecisionRule.Follow, OperatorFlags.None, i => new Size(i[1].Size.Rows, i[2].Count < 0 ? -1 : i[2].Count * i[3].Count * i[4].Count)), // F, dout, then as conv2d
        new("max_pool", 12, 12, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Pooling), // X, C, H, W, R, S, strideh, stridew, top, bottom, left, right
        new("max_pool_backward", 13, 13, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.SameAsFirst), // X, dout, C, ...
        new("relu_max_pool_backward", 13, 13, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.SameAsFirst), // the same for X = max(Z, 0): a window whose maximum is 0 gets no gradient
        new("avg_pool", 13, 13, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Pooling), // X, C, ..., right, count padding (TRUE divides by R*S always)
        new("avg_pool_backward", 14, 14, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.SameAsFirst), // X, dout, C, ..., right, count padding
        new("bias_add", 2, 2, 1, PrecisionRule.Follow, OperatorFlags.InPlace, SizeRules.SameAsFirst), // X, b (K x 1)
        new("bias_multiply", 2, 2, 1, PrecisionRule.Follow, OperatorFlags.InPlace, SizeRules.SameAsFirst),
        new("pad2d", 9, 9, 1, PrecisionRule.Follow, OperatorFlags.None, i => new Size(i[0].Size.Rows, i[1].Count < 0 || i[2].Count < 0 || i[3].Count < 0 ? -1 : i[1].Count * (i[2].Count + i[4].Count + i[5].Count) * (i[3].Count + i[6].Count + i[7].Count))), // X, C, H, W, top, bottom, left, right, value
        new("unpad2d", 8, 8, 1, PrecisionRule.Follow, OperatorFlags.None, i => new Size(i[0].Size.Rows, i[1].Count < 0 ? -1 : i[1].Count * i[2].Count * i[3].Count)), // X padded, C, H, W, top, bottom, left, right
        new("permute", 7, 7, 1, PrecisionRule.Follow, OperatorFlags.None, SizeRules.SameAsFirst), // X: N x (A*B*C), A, B, C, then the order of the axes (1..3 each)
        new("batch_norm2d", 8, 8, 5, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown), // X, gamma, beta, ema_mean, ema_var, mode, epsilon, mu
        new("batch_norm2d_backward", 6, 6, 3, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown), // X, dout, gamma, epsilon, mean, inv_std
        new("lstm", 6, 6, 5, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown), // X, W, b, out0, c0, return_sequences
        new("lstm_backward", 11, 11, 5, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown), // X, W, b, out0, c0, given_sequences, dout, dc, cache_out, cache_c, cache_ifog
        // Keras's recurrent layers with tanh and sigmoid: X, W, U, b, h0, [c0], mask, T, D, return_sequences, go_backwards, masked, zero_output_for_mask
        // -> out, h, [c], preactivations, hidden_steps, [carry_steps]; backward: dout, dh, [dc], X, W, U, h0, [c0], mask, preactivations, hidden_steps, [carry_steps], T, ... -> dX, dW, dU, db, dh0, [dc0]
        new("simple_rnn", 12, 12, 4, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown),
        new("simple_rnn_backward", 15, 15, 5, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown),
        new("lstm_layer", 13, 13, 6, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown),
        new("lstm_layer_backward", 18, 18, 6, PrecisionRule.Follow, OperatorFlags.None, SizeRules.Unknown),
    ];

    private static readonly FrozenDictionary<string, Operator> ByName = All.ToFrozenDictionary(o => o.Name, StringComparer.Ordinal);

    /// <summary>The operator of that name.</summary>
    public static Operator Get(string name) => ByName[name];

    /// <summary>The operator of that name, or null.</summary>
    public static Operator? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<Operator> Unary(params string[] names) =>
        names.Select(n => new Operator(n, 1, 1, 1, PrecisionRule.Follow, Cell, SizeRules.SameAsFirst));

    // Seed, counter, rows, columns.
    private static IEnumerable<Operator> Philox(params string[] names) =>
        names.Select(n => new Operator(n, 4, 4, 1, PrecisionRule.Adapt, OperatorFlags.None, i => new Size(i[2].Count, i[3].Count)));

    private static IEnumerable<Operator> Binary(OperatorFlags flags, params string[] names) =>
        names.Select(n => new Operator(n, 2, 2, 1, PrecisionRule.Follow, flags, SizeRules.Cellwise));

    private static IEnumerable<Operator> Aggregates(PrecisionRule precision, SizeRule size, params string[] names) =>
        names.Select(n => new Operator(n, 1, 1, 1, precision, OperatorFlags.None, size));
}
