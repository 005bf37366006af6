using System.Collections.Frozen;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Text;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <summary>Turns a built-in call into a node.</summary>
internal delegate Node BuiltinLowering(BuiltinCall call);

/// <summary>The built-in functions of DML: how each becomes operators of the table or work of the runtime.</summary>
internal static partial class Builtins
{
    private static readonly ValueFacts Unknown = ValueFacts.Unknown;
    private static readonly ValueFacts UnknownMatrix = ValueFacts.Matrix(Size.Unknown);
    private static readonly ValueFacts Double = ValueFacts.Scalar(ValueKind.Double);
    private static readonly ValueFacts Integer = ValueFacts.Scalar(ValueKind.Integer);
    private static readonly ValueFacts Boolean = ValueFacts.Scalar(ValueKind.Boolean);
    private static readonly ValueFacts String = ValueFacts.Scalar(ValueKind.String);
    private static readonly ValueFacts List = Unknown with { Data = DataKind.List };
    private static readonly ValueFacts Frame = Unknown with { Data = DataKind.Frame };

    private static readonly FrozenDictionary<string, BuiltinLowering> Single = CreateSingle().ToFrozenDictionary(StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, Func<BuiltinCall, IReadOnlyList<Node>>> Multiple = CreateMultiple().ToFrozenDictionary(StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, BuiltinLowering> Statements = CreateStatements().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of all built-ins.</summary>
    public static IEnumerable<string> Names => Single.Keys.Concat(Multiple.Keys).Concat(Statements.Keys).Distinct().Order(StringComparer.Ordinal);

    public static bool IsKnown(string name) => Single.ContainsKey(name) || Multiple.ContainsKey(name) || Statements.ContainsKey(name);

    /// <summary>A call as an expression.</summary>
    public static Node Lower(BuiltinCall call) => Single.TryGetValue(call.Name, out BuiltinLowering? lowering) && call.Call.Namespace is null
        ? lowering(call)
        : throw UnknownFunction(call);

    /// <summary>A call with several targets.</summary>
    public static IReadOnlyList<Node> LowerMultiple(BuiltinCall call) => Multiple.TryGetValue(call.Name, out Func<BuiltinCall, IReadOnlyList<Node>>? lowering) && call.Call.Namespace is null
        ? lowering(call)
        : throw UnknownFunction(call);

    /// <summary>A call as a statement.</summary>
    public static void LowerStatement(BuiltinCall call)
    {
        if (call.Call.Namespace is null && Statements.TryGetValue(call.Name, out BuiltinLowering? lowering))
        {
            lowering(call);
            return;
        }

        throw IsKnown(call.Name) && call.Call.Namespace is null ? DmlErrors.ResultUnused.At(Graph.Where(call.Span), call.Name) : UnknownFunction(call);
    }

    /// <summary>A scalar cast, folded for constants.</summary>
    public static Node CastScalar(Graph graph, string name, Node value, SourceSpan span)
    {
        ValueKind kind = name switch { "as.integer" => ValueKind.Integer, "as.double" => ValueKind.Double, _ => ValueKind.Boolean };
        if (value.IsConstant && !value.Constant.IsString)
        {
            return graph.Constant(kind switch
            {
                ValueKind.Integer => Scalar.Of(value.Constant.AsInteger()),
                ValueKind.Double => Scalar.Of(value.Constant.AsDouble()),
                _ => Scalar.Of(value.Constant.AsBoolean()),
            });
        }

        return value.Facts.IsScalar && value.Facts.Value == kind ? value : graph.Operation(name, [value], ValueFacts.Scalar(kind), span);
    }

    private static Keras2DmlException UnknownFunction(BuiltinCall call)
    {
        string name = call.Call.Namespace is null ? call.Name : $"{call.Call.Namespace}::{call.Name}";
        string? suggestion = Suggestion.Closest(call.Name, Names);
        return DmlErrors.UnknownFunction.At(Graph.Where(call.Span), name, suggestion is null ? string.Empty : $" Did you mean '{suggestion}'?");
    }

    private static Dictionary<string, BuiltinLowering> CreateSingle()
    {
        var table = new Dictionary<string, BuiltinLowering>(StringComparer.Ordinal);
        foreach (string name in new[] { "abs", "sqrt", "exp", "floor", "round", "sign", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "is.na", "is.nan", "is.infinite" })
        {
            table[name] = c =>
            {
                c.Expect(1, 1);
                return c.Graph.Cellwise(name, c.Span, c[0]);
            };
        }

        table["ceil"] = table["ceiling"] = c => c.Graph.Cellwise("ceiling", c.Span, c[0]);
        table["log"] = c => c.Count == 2 ? c.Graph.Cellwise("log_base", c.Span, c[0], c[1]) : c.Graph.Cellwise("log", c.Span, c[0]);
        foreach (string name in new[] { "xor", "bitwAnd", "bitwOr", "bitwXor", "bitwShiftL", "bitwShiftR" })
        {
            table[name] = c =>
            {
                c.Expect(2, 2);
                return c.Graph.Cellwise(name, c.Span, c[0], c[1]);
            };
        }

        table["min"] = table["pmin"] = c => Extreme(c, "min", "minimum");
        table["max"] = table["pmax"] = c => Extreme(c, "max", "maximum");
        table["ifelse"] = IfElse;
        foreach (string name in new[] { "sum", "mean", "prod", "sd", "var", "rowSums", "rowMeans", "rowMins", "rowMaxs", "rowProds", "rowSds", "rowVars", "colSums", "colMeans", "colMins", "colMaxs", "colProds", "colSds", "colVars", "rowIndexMax", "rowIndexMin", "cumsum", "cumprod", "cummin", "cummax", "cumsumprod", "inv", "cholesky", "det" })
        {
            table[name] = c =>
            {
                c.Expect(1, 1);
                return c.Matrix(name, c.MatrixAt(0));
            };
        }

        table["avg"] = table["mean"];
        table["inverse"] = table["inv"];
        table["trace"] = table["tr"] = c => c.Matrix("trace", c.MatrixAt(0));
        AddShape(table);
        AddData(table);
        AddNeuralNetworks(table);
        return table;
    }

    private static Node Extreme(BuiltinCall c, string cellwise, string aggregate)
    {
        Node[] arguments = c.All;
        if (arguments.Length == 1)
        {
            return arguments[0].Facts.Data == DataKind.Scalar ? throw c.Wrong("a matrix, or two values", Graph.Describe(arguments[0])) : c.Matrix(aggregate, arguments[0]);
        }

        return arguments.Length == 0 ? throw c.Wrong("at least one argument", "none") : arguments.Skip(1).Aggregate(arguments[0], (a, b) => c.Graph.Cellwise(cellwise, c.Span, a, b));
    }

    private static Node IfElse(BuiltinCall c)
    {
        c.Expect(3, 3);
        Node[] a = c.All;
        if (a.All(n => n.Facts.IsScalar))
        {
            ValueKind kind = a[1].Facts.Value == a[2].Facts.Value ? a[1].Facts.Value : ValueKind.Double;
            return a[0].IsConstant && a[1].Facts.Value == a[2].Facts.Value ? a[0].Constant.AsBoolean() ? a[1] : a[2] : c.Runtime("ifelse", ValueFacts.Scalar(kind), a);
        }

        return c.Matrix("ifelse", a);
    }

    private static void AddShape(Dictionary<string, BuiltinLowering> table)
    {
        table["nrow"] = c => Extent(c, s => s.Rows);
        table["ncol"] = c => Extent(c, s => s.Columns);
        table["length"] = c => c[0] is { Facts: { IsMatrix: true, Size.IsKnown: true } } m ? c.Graph.Integer((long)m.Facts.Size.Rows * m.Facts.Size.Columns) : c.Runtime("length", Integer, c[0]);
        table["t"] = c => c.Matrix("t", c.MatrixAt(0));
        table["rev"] = c => c.Matrix("rev", c.MatrixAt(0));
        table["diag"] = Diagonal;
        table["cbind"] = table["append"] = c => Bind(c, "cbind");
        table["rbind"] = c => Bind(c, "rbind");
        table["matrix"] = MatrixCall;
        table["seq"] = c =>
        {
            c.Expect(2, 3);
            Node from = c.Get("from", 0);
            Node to = c.Get("to", 1);
            Node step = c.Find("incr", 2) ?? (from.IsConstant && to.IsConstant ? c.Graph.Integer(from.Constant.AsDouble() > to.Constant.AsDouble() ? -1 : 1) : c.Runtime("seq.step", Integer, from, to));
            return c.Matrix("seq", from, to, step);
        };
        table["order"] = c => c.Matrix("order", c.MatrixOf(c.Get("target", 0)), c.Find("by", 1) ?? c.Graph.Integer(1), c.Find("decreasing", 2) ?? c.Graph.Boolean(false), c.Find("index.return", 3) ?? c.Graph.Boolean(false));
        table["table"] = table["ctable"] = c => c.Count is >= 2 and <= 5 ? c.Matrix("table", c.All) : throw c.Wrong("2 to 5 arguments", $"{c.Count}");
        table["removeEmpty"] = c =>
        {
            Node[] inputs = [c.MatrixOf(c.Get("target")), c.Get("margin"), c.Find("empty.return") ?? c.Graph.Boolean(true)];
            return c.Find("select") is { } select ? c.Matrix("removeEmpty", [.. inputs, select]) : c.Matrix("removeEmpty", inputs);
        };
        table["replace"] = c => c.Get("pattern", 1) is { IsConstant: true, Constant: { IsString: true } pattern } && !double.TryParse(pattern.AsString(), System.Globalization.CultureInfo.InvariantCulture, out _) ? throw c.Wrong("a number as pattern for a matrix", $"'{pattern.AsString()}'") : c.Matrix("replace", c.MatrixOf(c.Get("target", 0)), c.Get("pattern", 1), c.Get("replacement", 2));
        table["outer"] = c => c.Matrix("outer", c.All);
        table["roll"] = c => c.Matrix("roll", c.All);
        table["lower.tri"] = table["upper.tri"] = c => c.Matrix(c.Name, c.MatrixOf(c.Get("target")), c.Find("diag") ?? c.Graph.Boolean(false), c.Find("values") ?? c.Graph.Boolean(false));
        table["unique"] = c => c.Matrix("unique", c.MatrixAt(0), c.Find("dir", 1) ?? c.Text("rc"));
        table["solve"] = c => c.Matrix("solve", c.MatrixAt(0), c.MatrixAt(1));
        table["rand"] = table["Rand"] = Random;
        table["sample"] = Sample;
    }

    private static Node Extent(BuiltinCall c, Func<Size, int> extent)
    {
        c.Expect(1, 1);
        Node node = c[0];
        if (node.Facts.IsScalar)
        {
            throw c.Wrong("a matrix or frame", Graph.Describe(node));
        }

        return node.Facts.IsMatrix && extent(node.Facts.Size) >= 0 ? c.Graph.Integer(extent(node.Facts.Size)) : c.Runtime(c.Name, Integer, node);
    }

    private static Node Diagonal(BuiltinCall c)
    {
        Node x = c.MatrixAt(0);
        Size size = x.Facts.Size;
        Size result = !x.Facts.IsMatrix || !size.IsKnown ? Size.Unknown : size.Columns == 1 ? new Size(size.Rows, size.Rows) : new Size(size.Rows, 1);
        return c.Runtime("diag", ValueFacts.Matrix(result), x);
    }

    private static Node Bind(BuiltinCall c, string name)
    {
        Node[] arguments = c.All;
        if (arguments.Length == 0)
        {
            throw c.Wrong("at least one argument", "none");
        }

        if (arguments.Any(a => a.Facts.Data == DataKind.Frame))
        {
            return c.Runtime("frame." + name, Frame, arguments);
        }

        if (arguments.Any(a => a.Facts.Data == DataKind.List))
        {
            return arguments.Length == 1 ? c.Runtime($"list.{name}.matrix", UnknownMatrix, arguments) : c.Runtime("list." + name, List, arguments);
        }

        if (arguments.All(a => a.Facts is { IsScalar: true, Value: ValueKind.String }))
        {
            return c.Runtime("string.bind", String, arguments);
        }

        if (arguments.Length == 1)
        {
            return arguments[0];
        }

        Node[] known = [.. arguments.Where(a => a.Facts is { IsMatrix: true, Size.IsKnown: true })];
        bool fits = known.Select(a => name == "cbind" ? a.Facts.Size.Rows : a.Facts.Size.Columns).Distinct().Count() <= 1;
        return fits ? c.Matrix(name, arguments) : throw DmlErrors.SizesBind.At(Graph.Where(c.Span), name, string.Join(", ", known.Select(a => $"{a.Facts.Size.Rows}x{a.Facts.Size.Columns}")));
    }

    private static Node MatrixCall(BuiltinCall c)
    {
        Node data = c.Get("data", 0);
        Node? rows = c.Find("rows", 1);
        Node? columns = c.Find("cols", 2);
        if (data.Facts.IsScalar)
        {
            if (rows is null || columns is null)
            {
                throw c.Wrong("rows and cols", "a value alone");
            }

            return data.Facts.Value == ValueKind.String
                ? c.Runtime("matrix.parse", ValueFacts.Matrix(new Size(rows.InputFacts.Count, columns.InputFacts.Count)), data, c.Integer(rows), c.Integer(columns))
                : c.Matrix("fill", data, c.Integer(rows), c.Integer(columns));
        }

        if (data.Facts.IsMatrix && rows is null && columns is null)
        {
            return data;
        }

        // One missing extent follows from the number of cells.
        Node length = data.Facts.Size.IsKnown && data.Facts.IsMatrix ? c.Graph.Integer((long)data.Facts.Size.Rows * data.Facts.Size.Columns) : c.Runtime("length", Integer, data);
        rows = rows is null ? c.Graph.Cellwise("%/%", c.Span, length, c.Integer(columns!)) : c.Integer(rows);
        columns = columns is null ? c.Graph.Cellwise("%/%", c.Span, length, rows) : c.Integer(columns);
        if (length.IsConstant && rows.IsConstant && columns.IsConstant && length.Constant.AsInteger() != rows.Constant.AsInteger() * columns.Constant.AsInteger())
        {
            throw DmlErrors.SizesReshape.At(Graph.Where(c.Span), $"{data.Facts.Size.Rows}x{data.Facts.Size.Columns}", $"{rows.Constant.AsInteger()}x{columns.Constant.AsInteger()}");
        }

        return c.Matrix("reshape", data, rows, columns, c.Find("byrow", 3) ?? c.Graph.Boolean(true));
    }

    private static Node Random(BuiltinCall c)
    {
        Node seed = c.Find("seed") ?? c.Graph.Integer(-1);
        Node[] inputs =
        [
            c.Integer(c.Find("rows") ?? c.Graph.Integer(1)), c.Integer(c.Find("cols") ?? c.Graph.Integer(1)), c.Find("min") ?? c.Graph.Constant(Scalar.Of(0.0)), c.Find("max") ?? c.Graph.Constant(Scalar.Of(1.0)),
            c.Find("pdf") ?? c.Text("uniform"), c.Find("sparsity") ?? c.Graph.Constant(Scalar.Of(1.0)), seed, c.Find("lambda") ?? c.Graph.Constant(Scalar.Of(1.0)),
        ];
        var facts = ValueFacts.Matrix(new Size(inputs[0].InputFacts.Count, inputs[1].InputFacts.Count));
        return c.Graph.Operation("rand", inputs, facts, c.Span, effect: !(seed.IsConstant && seed.Constant.AsInteger() != -1));
    }

    private static Node Sample(BuiltinCall c)
    {
        c.Expect(2, 4);
        Node third = c.Find("replace", 2) ?? c.Graph.Boolean(false);
        bool isSeed = third.Facts.Value is ValueKind.Integer or ValueKind.Double;
        Node replacement = isSeed ? c.Graph.Boolean(false) : third;
        Node seed = isSeed ? third : c.Find("seed", 3) ?? c.Graph.Integer(-1);
        Node size = c.Integer(c[1]);
        return c.Graph.Operation("sample", [c.Integer(c[0]), size, replacement, seed], ValueFacts.Matrix(new Size(size.InputFacts.Count, 1)), c.Span, effect: !(seed.IsConstant && seed.Constant.AsInteger() != -1));
    }
}
