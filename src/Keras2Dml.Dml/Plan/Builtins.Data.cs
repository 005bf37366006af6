using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <content>Casts, lists, frames, text, input and output; several results; statements.</content>
internal static partial class Builtins
{
    private static void AddData(Dictionary<string, BuiltinLowering> table)
    {
        table["as.scalar"] = table["castAsScalar"] = c =>
        {
            c.Expect(1, 1);
            Node x = c[0];
            if (x.Facts.IsScalar)
            {
                throw c.Wrong("a matrix, frame or list with one element", Graph.Describe(x));
            }

            return x.Facts.IsMatrix && x.Facts.Size is { IsKnown: true } s && (s.Rows != 1 || s.Columns != 1)
                ? throw c.Wrong("a matrix of 1x1", Graph.Describe(x))
                : c.Runtime("as.scalar", x.Facts.IsMatrix ? Double : ValueFacts.Scalar(ValueKind.Unknown), x);
        };
        table["as.matrix"] = c => c[0] switch
        {
            { Facts.IsMatrix: true } m => throw c.Wrong("a scalar, frame or list", Graph.Describe(m)),
            { Facts.IsScalar: true } s => c.Matrix("fill", s, c.Graph.Integer(1), c.Graph.Integer(1)),
            var x => c.Runtime("as.matrix", UnknownMatrix, x),
        };
        table["as.integer"] = table["as.double"] = table["as.logical"] = c => CastScalar(c.Graph, c.Name, c[0], c.Span);
        table["as.boolean"] = c => CastScalar(c.Graph, "as.logical", c[0], c.Span);
        table["as.frame"] = c => c.Runtime("as.frame", Frame, c[0]);
        table["as.list"] = c => c.Runtime("as.list", List, c[0]);
        table["list"] = ListCall;
        table["exists"] = c => c.Runtime("exists", Boolean, c[0]);
        table["nnz"] = c => c.Runtime("nnz", Integer, c[0]);
        table["time"] = c => c.Effect("time", Integer);
        table["toString"] = c => c.Runtime(
            "toString", String, c.Get("target", 0), c.Find("rows") ?? c.Graph.Integer(100), c.Find("cols") ?? c.Graph.Integer(100), c.Find("decimal") ?? c.Graph.Integer(3),
            c.Find("sparse") ?? c.Graph.Boolean(false), c.Find("sep") ?? c.Text(" "), c.Find("linesep") ?? c.Text("\n"));
        table["read"] = Read;
        table["quantile"] = table["median"] = table["moment"] = table["centralMoment"] = table["cov"] = table["interQuartileMean"] = c =>
            c.Runtime("statistics." + c.Name, c.Name == "quantile" && c[c.Count - 1].Facts.IsMatrix ? UnknownMatrix : Double, c.All);
        table["frame"] = c => c.Runtime("frame", Frame, [c.Integer(c.Find("rows", 1) ?? c.Graph.Integer(1)), c.Integer(c.Find("cols", 2) ?? c.Graph.Integer(1)), c.TextItems("schema"), .. c.Items("data", 0)]);
        foreach (string name in new[] { "typeof", "detectSchema", "colnames", "dropInvalidType", "dropInvalidLength", "applySchema" })
        {
            table[name] = c => c.Runtime("frame." + c.Name, Frame, c.All);
        }

        table["isNA"] = c => c.Graph.Cellwise("is.na", c.Span, c[0]);
        table["isNaN"] = c => c.Graph.Cellwise("is.nan", c.Span, c[0]);
        table["isInf"] = c => c.Graph.Cellwise("is.infinite", c.Span, c[0]);
        table["compress"] = table["decompress"] = table["local"] = c => c[0];
        AddStatistics(table);
    }

    private static Node ListCall(BuiltinCall c)
    {
        // Names (empty for unnamed elements), then the values.
        Node names = c.Text(string.Join('\n', c.Call.Arguments.Select(a => a.Name ?? string.Empty)));
        return c.Runtime("list", List, [names, .. c.All]);
    }

    private static Node Read(BuiltinCall c)
    {
        string[] known = ["format", "rows", "cols", "header", "sep", "data_type", "value_type", "nnz", "rows_in_block", "cols_in_block", "sparse", "fill", "default", "naStrings"];
        if (c.Call.Arguments.Skip(1).FirstOrDefault(a => a.Name is null || !known.Contains(a.Name)) is { } stray)
        {
            throw c.Wrong("arguments " + string.Join(", ", known), stray.Name ?? "a value without a name");
        }

        Node missing = c.Text(string.Empty);
        Node dataType = c.Find("data_type") ?? missing;
        Node valueType = c.Find("value_type") ?? missing;
        string type = dataType.IsConstant && dataType.Constant.IsString ? dataType.Constant.AsString().ToLowerInvariant() : string.Empty;
        ValueFacts facts = type switch
        {
            "frame" => Frame,
            "scalar" => ValueFacts.Scalar(valueType.IsConstant ? valueType.Constant.AsString().ToLowerInvariant() switch { "int" or "integer" => ValueKind.Integer, "boolean" => ValueKind.Boolean, "string" => ValueKind.String, _ => ValueKind.Double } : ValueKind.Unknown),
            "list" => List,
            "matrix" => UnknownMatrix,
            _ => Unknown,
        };
        Node minusOne = c.Graph.Integer(-1);
        return c.Effect(
            "read", facts, c[0], c.Find("format") ?? missing, dataType, valueType, c.Find("rows") ?? minusOne, c.Find("cols") ?? minusOne,
            c.Find("header") ?? c.Graph.Boolean(false), c.Find("sep") ?? c.Text(","), c.Find("fill") ?? c.Graph.Boolean(false), c.Find("default") ?? c.Graph.Constant(Scalar.Of(0.0)), c.TextItems("naStrings"));
    }

    private static Dictionary<string, Func<BuiltinCall, IReadOnlyList<Node>>> CreateMultiple()
    {
        var table = new Dictionary<string, Func<BuiltinCall, IReadOnlyList<Node>>>(StringComparer.Ordinal);
        foreach (string name in new[] { "svd", "qr", "eigen", "lu" })
        {
            table[name] = c => Results(c, name, OperatorTable.Get(name).Outputs, [c.MatrixAt(0)]);
        }

        table["remove"] = c =>
        {
            Node operation = c.Graph.Operation("list.remove", c.All, List, c.Span, 2);
            return [c.Graph.Result(operation, 0, List), c.Graph.Result(operation, 1, List)];
        };
        table["transformencode"] = c =>
        {
            Node operation = c.Graph.Operation("transformencode", [c.Get("target"), c.Get("spec")], UnknownMatrix, c.Span, 2);
            return [c.Graph.Result(operation, 0, UnknownMatrix), c.Graph.Result(operation, 1, Frame)];
        };
        table["batch_norm2d"] = c => Results(c, "batch_norm2d", 5, [c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]]);
        table["batch_norm2d_backward"] = c => Results(c, "batch_norm2d_backward", 3, [c[0], c[1], c[2], c[3], c[4], c[5]]);
        table["lstm"] = c => Results(c, "lstm", 5, [c[0], c[1], c[2], c[3], c[4], c[5]]);
        table["lstm_backward"] = c => Results(c, "lstm_backward", 5, c.All);
        return table;
    }

    private static Node[] Results(BuiltinCall c, string name, int count, Node[] inputs)
    {
        Node operation = c.Graph.Operation(name, inputs, UnknownMatrix, c.Span, count);
        return [.. Enumerable.Range(0, count).Select(i => c.Graph.Result(operation, i, UnknownMatrix))];
    }

    private static Dictionary<string, BuiltinLowering> CreateStatements() => new(StringComparer.Ordinal)
    {
        ["print"] = c => c.Count >= 1 ? c.Effect("print", Unknown, c.All) : throw c.Wrong("at least one argument", "none"),
        ["stop"] = c =>
        {
            c.Expect(1, 1);
            return c.Effect("stop", Unknown, c.All);
        },
        ["assert"] = c =>
        {
            c.Expect(1, 1);
            return c.Effect("assert", Unknown, c.All);
        },
        ["write"] = c =>
        {
            string[] known = ["format", "header", "sep", "sparse", "description", "rows_in_block", "cols_in_block", "data_type", "value_type"];
            if (c.Call.Arguments.Skip(2).FirstOrDefault(a => a.Name is not null && !known.Contains(a.Name)) is { } stray)
            {
                throw c.Wrong("arguments " + string.Join(", ", known), stray.Name!);
            }

            return c.Effect("write", Unknown, c[0], c.Get("file", 1), c.Find("format", 2) ?? c.Text(string.Empty), c.Find("header") ?? c.Graph.Boolean(false), c.Find("sep") ?? c.Text(","), c.Find("sparse") ?? c.Graph.Boolean(false), c.Find("description") ?? c.Text(string.Empty));
        },
    };

    private static void AddNeuralNetworks(Dictionary<string, BuiltinLowering> table)
    {
        table["conv2d"] = c => c.Matrix("conv2d", [c.MatrixAt(0), c.MatrixAt(1), .. Convolution(c)]);
        table["conv2d_backward_filter"] = c => c.Matrix("conv2d_backward_filter", [c.MatrixAt(0), c.MatrixAt(1), .. Convolution(c)]);
        table["conv2d_backward_data"] = c => c.Matrix("conv2d_backward_data", [c.MatrixAt(0), c.MatrixAt(1), .. Convolution(c)]);
        table["max_pool"] = c => c.Matrix("max_pool", [c.MatrixAt(0), .. Pooling(c)]);
        table["max_pool_backward"] = c => c.Matrix(IsRelu(c.MatrixAt(0)) ? "relu_max_pool_backward" : "max_pool_backward", [c.MatrixAt(0), c.MatrixAt(1), .. Pooling(c)]);
        table["avg_pool"] = c => c.Matrix("avg_pool", [c.MatrixAt(0), .. Pooling(c), c.Graph.Boolean(true)]);
        table["avg_pool_backward"] = c => c.Matrix("avg_pool_backward", [c.MatrixAt(0), c.MatrixAt(1), .. Pooling(c), c.Graph.Boolean(true)]);
        table["bias_add"] = c => c.Matrix("bias_add", c.MatrixAt(0), c.MatrixAt(1));
        table["bias_multiply"] = c => c.Matrix("bias_multiply", c.MatrixAt(0), c.MatrixAt(1));
    }

    // C, H, W, K, R, S, strideh, stridew, top, bottom, left, right, dilationh, dilationw, groups
    private static Node[] Convolution(BuiltinCall c)
    {
        Node[] input = c.List("input_shape", 4);
        Node[] filter = c.List("filter_shape", 4);
        Node[] stride = c.List("stride", 2);
        Node[] padding = c.List("padding", 2);
        Node one = c.Graph.Integer(1);
        return [input[1], input[2], input[3], filter[0], filter[2], filter[3], stride[0], stride[1], padding[0], padding[0], padding[1], padding[1], one, one, one];
    }

    // SystemDS runs a pooling of max(Z, 0) as one operation that never selects cells of 0.
    private static bool IsRelu(Node node) =>
        node is { Kind: NodeKind.Operation, Name: "max", Inputs.Count: 2 } && node.Inputs.Any(i => i.IsConstant && !i.Constant.IsString && i.Constant.AsDouble() == 0);

    // C, H, W, R, S, strideh, stridew, top, bottom, left, right
    private static Node[] Pooling(BuiltinCall c)
    {
        Node[] input = c.List("input_shape", 4);
        Node[] window = c.List("pool_size", 2);
        Node[] stride = c.List("stride", 2);
        Node[] padding = c.List("padding", 2);
        return [input[1], input[2], input[3], window[0], window[1], stride[0], stride[1], padding[0], padding[0], padding[1], padding[1]];
    }
}
