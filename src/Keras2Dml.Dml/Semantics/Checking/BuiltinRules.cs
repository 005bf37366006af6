using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <summary>What a built-in function expects beyond the kinds of its arguments, and what is known of its result.</summary>
internal static class BuiltinRules
{
    private static readonly FrozenSet<string> OuterOperators = new[] { "+", "-", "*", "/", "^", "%%", "%/%", "<", "<=", ">", ">=", "==", "!=", "&", "|", "min", "max", "xor" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<CheckedArguments, (string, string)?>> Checks = CreateChecks().ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<CheckedArguments, StaticValue>> Sizes = CreateSizes().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What was expected and what was received when the arguments cannot be right; null when they can.</summary>
    public static (string Expected, string Received)? Problem(CheckedArguments given) => Checks.TryGetValue(given.Call.Name, out Func<CheckedArguments, (string, string)?>? check) ? check(given) : null;

    /// <summary>What is known of the first result.</summary>
    public static StaticValue Result(CheckedArguments given, string kind)
    {
        if (Sizes.TryGetValue(given.Call.Name, out Func<CheckedArguments, StaticValue>? rule))
        {
            return rule(given);
        }

        switch (kind)
        {
            case "cells":
                return Cells(given);
            case "scalar":
                return given.Values.Length > 0 && given.Values[0].IsMatrix ? StaticValue.Scalar(ValueKind.Double) : StaticValue.Scalar(ValueKind.Unknown);
            default:
                return Plain(kind);
        }
    }

    /// <summary>A value of a kind of which nothing else is known.</summary>
    public static StaticValue Plain(string kind) => kind switch
    {
        "double" => StaticValue.Scalar(ValueKind.Double),
        "integer" => StaticValue.Scalar(ValueKind.Integer),
        "boolean" => StaticValue.Scalar(ValueKind.Boolean),
        "string" => StaticValue.Scalar(ValueKind.String),
        "matrix" => StaticValue.Matrix(),
        "frame" => StaticValue.Frame,
        "list" => StaticValue.List,
        _ => StaticValue.Unknown,
    };

    // Cell by cell over a matrix, or a number of numbers. One matrix alone in min or max is aggregated.
    private static StaticValue Cells(CheckedArguments given)
    {
        StaticValue[] values = given.Values;
        if (values.Length == 0 || values.Any(v => v.Data is DataKind.Unknown or DataKind.List or DataKind.Frame))
        {
            return StaticValue.Unknown;
        }

        StaticValue[] matrices = [.. values.Where(v => v.IsMatrix)];
        bool isExtreme = given.Call.Name is "min" or "max" or "pmin" or "pmax";
        if (matrices.Length > 0)
        {
            return isExtreme && values.Length == 1 ? StaticValue.Scalar(ValueKind.Double)
                : matrices.Length == 1 ? matrices[0]
                : StaticValue.Matrix();
        }

        if (given.Call.Name is "is.na" or "is.nan" or "is.infinite" or "isNA" or "isNaN" or "isInf" or "xor")
        {
            return StaticValue.Scalar(ValueKind.Boolean);
        }

        bool keepsIntegers = isExtreme || given.Call.Name is "abs" or "ifelse";
        IEnumerable<StaticValue> parts = given.Call.Name == "ifelse" ? values.Skip(1) : values;
        return StaticValue.Scalar(
            keepsIntegers && parts.All(v => v.Value == ValueKind.Integer) ? ValueKind.Integer
            : parts.Any(v => v.Value is ValueKind.Unknown or ValueKind.String or ValueKind.Boolean) ? ValueKind.Unknown
            : keepsIntegers && parts.Any(v => v.Value == ValueKind.Integer) ? ValueKind.Unknown
            : ValueKind.Double);
    }

    private static Dictionary<string, Func<CheckedArguments, (string, string)?>> CreateChecks()
    {
        var checks = new Dictionary<string, Func<CheckedArguments, (string, string)?>>(StringComparer.Ordinal);
        void Add(string names, Func<CheckedArguments, (string, string)?> check)
        {
            foreach (string name in names.Split(' '))
            {
                checks[name] = check;
            }
        }

        Add("trace tr inv inverse eigen det cholesky sqrtMatrixJava lu solve", c => c.Values[0] is { IsSized: true } x && x.Rows != x.Columns ? ("a square matrix", x.Size) : null);
        Add("min max pmin pmax", c => c.Values is [{ IsScalar: true } x] ? ("a matrix, or several values", x.Describe()) : null);
        Add("cumsumprod", c => c.Values[0] is { IsMatrix: true, Columns: >= 0 and not 2 } x ? ("a matrix of two columns", x.Size) : null);
        Add("diag", c => c.Values[0] is { IsSized: true } x && x.Columns != 1 && x.Rows != x.Columns ? ("a column vector or a square matrix", x.Size) : null);
        Add("fft", c => c.Values[0] is { IsSized: true } x && (!IsPowerOfTwo(x.Rows) || !IsPowerOfTwo(x.Columns)) ? ("extents that are powers of two", x.Size) : null);
        Add("cov", c => c.Values.Length > 1 ? Mismatch(c.Values[0], c.Values[1]) : null);
        Add("table ctable", c => c.Values.Length > 1 && c.Values[1].IsMatrix ? Mismatch(c.Values[0], c.Values[1]) : null);
        Add("cbind append", c => Binding(c, v => v.Rows, "as many rows"));
        Add("rbind", c => Binding(c, v => v.Columns, "as many columns"));
        Add("outer", c => c.Values.Length > 2 && c.Values[2].Constant is { } op && !OuterOperators.Contains(op.AsString()) ? ($"an operator: {string.Join(" ", OuterOperators)}", $"'{op.AsString()}'") : null);
        Add("matrix", Matrix);
        Add("rand Rand", c => Extents(c) ?? null);
        Add("removeEmpty", c => c.Find("margin") is { Constant: { IsString: true } margin } && margin.AsString() is not ("rows" or "cols") ? ("margin=\"rows\" or margin=\"cols\"", $"'{margin.AsString()}'") : null);
        Add("print", c => c.Values.Length > 1 && !c.Values[0].IsText && c.Values[0].Data != DataKind.Unknown && c.Values[0].Value != ValueKind.Unknown ? ("a format string before other values", c.Values[0].Describe()) : null);
        Add("write", c => c.Written("data") is VariableReference or IndexExpression ? null : ("a variable to write", "an expression"));
        Add("conv2d conv2d_backward_filter conv2d_backward_data max_pool avg_pool max_pool_backward avg_pool_backward", Window);
        Add("cdf icdf", c => c.Find("dist") is { Constant: { IsString: true } d } && d.AsString() is not ("normal" or "exp" or "chisq" or "f" or "t") ? ("dist normal, exp, chisq, f or t", $"'{d.AsString()}'") : null);
        Add("transformencode transformapply transformdecode transformcolmap tokenize", Specification);
        return checks;
    }

    private static (string, string)? Specification(CheckedArguments given)
    {
        if (given.Find("spec") is not { Constant: { IsString: true } text })
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text.AsString());
            return null;
        }
        catch (JsonException e)
        {
            return ("spec as JSON", $"text with an error at character {e.BytePositionInLine + 1}");
        }
    }

    private static (string, string)? Mismatch(StaticValue a, StaticValue b) => a.IsSized && b.IsSized && (a.Rows != b.Rows || a.Columns != b.Columns) ? ("matrices of equal size", $"{a.Size} and {b.Size}") : null;

    private static (string, string)? Binding(CheckedArguments given, Func<StaticValue, long> extent, string what)
    {
        if (given.Values.Length > 2 && given.Values.All(v => v.IsText))
        {
            return ("one or two strings", $"{given.Values.Length}");
        }

        StaticValue[] known = [.. given.Values.Where(v => v.IsSized)];
        return known.Select(extent).Distinct().Count() > 1
            ? ($"matrices with {what}", string.Join(" and ", known.Select(v => v.Size)))
            : null;
    }

    private static (string, string)? Extents(CheckedArguments given)
    {
        foreach (string name in (ReadOnlySpan<string>)["rows", "cols"])
        {
            if (given.Find(name)?.Integer is < 0 and { } negative)
            {
                return ($"{name} of at least 0", negative.ToString(CultureInfo.InvariantCulture));
            }
        }

        return null;
    }

    private static (string, string)? Matrix(CheckedArguments given)
    {
        StaticValue data = given.Values[0];
        StaticValue? rows = given.Find("rows");
        StaticValue? columns = given.Find("cols");
        if (data.IsScalar && (rows is null || columns is null))
        {
            return ("data, rows and cols", rows is null && columns is null ? "data alone" : rows is null ? "no rows" : "no cols");
        }

        if (Extents(given) is { } negative)
        {
            return negative;
        }

        return data.IsSized && rows?.Integer is { } r && columns?.Integer is { } c && data.Rows * data.Columns != r * c
            ? ($"as many cells as the {data.Size} matrix has", $"{r}x{c}")
            : null;
    }

    // Shapes of convolution and pooling: [N, C, H, W], [K, C, R, S], stride and padding [h, w].
    private static (string, string)? Window(CheckedArguments given)
    {
        foreach ((string name, int length) in (ReadOnlySpan<(string, int)>)[("stride", 2), ("padding", 2), ("input_shape", 4), ("filter_shape", 4), ("pool_size", 2)])
        {
            if (given.Written(name) is { } written && (written is not BracketList list || list.Items.Count != length))
            {
                return ($"{name}=[{string.Join(", ", Enumerable.Repeat("n", length))}]", written is BracketList other ? $"{other.Items.Count} numbers" : "something else");
            }
        }

        long[]? input = Numbers(given, "input_shape");
        long[]? filter = Numbers(given, "filter_shape")?[2..] ?? Numbers(given, "pool_size");
        long[]? padding = Numbers(given, "padding");
        if (input is null || filter is null || padding is null)
        {
            return null;
        }

        for (int axis = 0; axis < 2; axis++)
        {
            long padded = input[2 + axis] + (2 * padding[axis]);
            if (padded < filter[axis])
            {
                return ($"a window of at most {padded} {(axis == 0 ? "rows" : "columns")}, padding included", $"{filter[axis]}");
            }
        }

        return null;
    }

    private static long[]? Numbers(CheckedArguments given, string name) => given.Written(name) is BracketList list && list.Items.All(i => i is IntegerLiteral)
        ? [.. list.Items.Select(i => ((IntegerLiteral)i).Value)]
        : null;

    private static bool IsPowerOfTwo(long extent) => extent > 0 && (extent & (extent - 1)) == 0;

    private static Dictionary<string, Func<CheckedArguments, StaticValue>> CreateSizes()
    {
        var sizes = new Dictionary<string, Func<CheckedArguments, StaticValue>>(StringComparer.Ordinal);
        void Add(string names, Func<CheckedArguments, StaticValue> rule)
        {
            foreach (string name in names.Split(' '))
            {
                sizes[name] = c => c.Values.Length == 0 ? StaticValue.Unknown : rule(c);
            }
        }

        Add("rowSums rowMeans rowMaxs rowMins rowVars rowSds rowProds rowIndexMax rowIndexMin", c => StaticValue.Matrix(Rows(c), 1));
        Add("colSums colMeans colMaxs colMins colVars colSds colProds", c => StaticValue.Matrix(1, Columns(c)));
        Add("cumsum cumprod cummin cummax inv inverse cholesky bias_add bias_multiply replace", c => c.Values[0].Data == DataKind.Frame ? StaticValue.Frame : StaticValue.Matrix(Rows(c), Columns(c)));
        Add("t", c => c.Values[0].Data == DataKind.Frame ? StaticValue.Frame : StaticValue.Matrix(Columns(c), Rows(c)));
        Add("rev", c => c.Values[0]);
        Add("nrow", c => c.Values[0] is { IsMatrix: true, Rows: >= 0 } x ? StaticValue.Of(Scalar.Of(x.Rows)) : StaticValue.Scalar(ValueKind.Integer));
        Add("ncol", c => c.Values[0] is { IsMatrix: true, Columns: >= 0 } x ? StaticValue.Of(Scalar.Of(x.Columns)) : StaticValue.Scalar(ValueKind.Integer));
        Add("length", c => c.Values[0] is { IsSized: true } x ? StaticValue.Of(Scalar.Of(x.Rows * x.Columns)) : StaticValue.Scalar(ValueKind.Integer));
        Add("matrix", c => StaticValue.Matrix(c.Find("rows")?.Integer ?? -1, c.Find("cols")?.Integer ?? -1));
        Add("seq", Sequence);
        Add("cbind append rbind", Bound);
        Add("read", c => (c.Find("data_type")?.Constant)?.AsString() switch { "matrix" => StaticValue.Matrix(), "frame" => StaticValue.Frame, "scalar" => StaticValue.Scalar(ValueKind.Unknown), "list" => StaticValue.List, _ => StaticValue.Unknown });
        Add("as.integer", c => Cast(c, ValueKind.Integer, s => Scalar.Of(s.AsInteger())));
        Add("as.double", c => Cast(c, ValueKind.Double, s => Scalar.Of(s.AsDouble())));
        Add("as.logical as.boolean", c => Cast(c, ValueKind.Boolean, s => Scalar.Of(s.AsBoolean())));
        Add("quantile", c => c.Values[^1].IsScalar ? StaticValue.Scalar(ValueKind.Double) : StaticValue.Matrix());
        Add("transformdecode applySchema", _ => StaticValue.Frame);
        Add("order", c => c.Values[0].Data == DataKind.Frame ? StaticValue.Unknown : StaticValue.Matrix());
        Add("map", _ => StaticValue.Unknown);

        // Without arguments every extent is 1.
        sizes["rand"] = sizes["Rand"] = c => c.Find("dims") is not null ? StaticValue.Unknown : StaticValue.Matrix(Extent(c.Find("rows")), Extent(c.Find("cols")));
        return sizes;
    }

    private static long Extent(StaticValue? given) => given is null ? 1 : given.Value.Integer ?? -1;

    private static long Rows(CheckedArguments given) => given.Values[0].IsMatrix ? given.Values[0].Rows : -1;

    private static long Columns(CheckedArguments given) => given.Values[0].IsMatrix ? given.Values[0].Columns : -1;

    private static StaticValue Cast(CheckedArguments given, ValueKind kind, Func<Scalar, Scalar> cast) =>
        given.Values[0].Constant is { IsString: false } constant ? StaticValue.Of(cast(constant)) : StaticValue.Scalar(kind);

    private static StaticValue Sequence(CheckedArguments given)
    {
        if (given.Find("from")?.Integer is not { } from || given.Find("to")?.Integer is not { } to || given.Values.Any(v => v.Constant is { Kind: not ValueKind.Integer }))
        {
            return StaticValue.Matrix(-1, 1);
        }

        long? step = given.Find("incr") is { } incr ? incr.Integer : from > to ? -1 : 1;
        return step is { } s && s != 0 && (to - from) / s >= 0 ? StaticValue.Matrix(((to - from) / s) + 1, 1) : StaticValue.Matrix(-1, 1);
    }

    private static StaticValue Bound(CheckedArguments given)
    {
        StaticValue[] values = given.Values;
        bool columns = given.Call.Name != "rbind";
        if (values.Any(v => v.Data == DataKind.Frame))
        {
            return StaticValue.Frame;
        }

        if (values.Any(v => v.Data is DataKind.Unknown))
        {
            return StaticValue.Unknown;
        }

        if (values.Any(v => v.Data == DataKind.List))
        {
            return values.Length == 1 ? StaticValue.Matrix() : StaticValue.List;
        }

        if (values.All(v => v.IsText))
        {
            return StaticValue.Scalar(ValueKind.String);
        }

        if (!values.All(v => v.IsMatrix))
        {
            return StaticValue.Unknown;
        }

        long same = values.Select(v => columns ? v.Rows : v.Columns).Max();
        long sum = values.All(v => (columns ? v.Columns : v.Rows) >= 0) ? values.Sum(v => columns ? v.Columns : v.Rows) : -1;
        return columns ? StaticValue.Matrix(same, sum) : StaticValue.Matrix(sum, same);
    }
}
