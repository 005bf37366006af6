using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>Lists.</summary>
internal static class Lists
{
    public static void AddTo(Dictionary<string, RuntimeBuiltin> table)
    {
        table["list"] = Create;
        table["list.index"] = Index;
        table["list.set"] = Set;
        table["list.remove"] = Remove;
        table["list.cbind"] = table["list.rbind"] = Append;
        table["list.cbind.matrix"] = static (ref BuiltinContext c) => c.Return(Joined(ref c, byColumns: true));
        table["list.rbind.matrix"] = static (ref BuiltinContext c) => c.Return(Joined(ref c, byColumns: false));
    }

    private static void Create(ref BuiltinContext c)
    {
        string[] names = c.Text(0).Split('\n');
        var items = new Value[c.Inputs.Length - 1];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = c.Inputs[i + 1].Retain();
        }

        c.Return(Value.Of(new ListValue(items, [.. names.Take(items.Length).Select(n => n.Length == 0 ? null : n)])));
    }

    /// <summary>(list, first, last): positions from 1, or names.</summary>
    public static void Index(ref BuiltinContext c)
    {
        ListValue list = c.Inputs[0].AsList();
        int first = Position(list, c.Inputs[1]);
        int last = Position(list, c.Inputs[2]);
        if (first > last)
        {
            throw RuntimeErrors.IndexRange.With("list", list.Items.Count, $"{first + 1}:{last + 1}");
        }

        var items = new Value[last - first + 1];
        var names = new string?[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = list.Items[first + i].Retain();
            names[i] = list.Names[first + i];
        }

        c.Return(Value.Of(new ListValue(items, names)));
    }

    private static void Set(ref BuiltinContext c)
    {
        ListValue list = c.Inputs[0].AsList();
        int position = Position(list, c.Inputs[1]);
        var items = new Value[list.Items.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = i == position ? c.Inputs[2].Retain() : list.Items[i].Retain();
        }

        c.Return(Value.Of(new ListValue(items, [.. list.Names])));
    }

    private static void Remove(ref BuiltinContext c)
    {
        ListValue list = c.Inputs[0].AsList();
        int position = Position(list, c.Inputs[1]);
        int[] rest = [.. Enumerable.Range(0, list.Items.Count).Where(i => i != position)];
        c.Outputs[0] = Value.Of(new ListValue([.. rest.Select(i => list.Items[i].Retain())], [.. rest.Select(i => list.Names[i])]));
        c.Outputs[1] = Value.Of(new ListValue([list.Items[position].Retain()], [list.Names[position]]));
    }

    private static void Append(ref BuiltinContext c)
    {
        var items = new List<Value>();
        var names = new List<string?>();
        foreach (Value input in c.Inputs)
        {
            // The list itself, a list of one named element, or one more element.
            if (input.Tag == ValueTag.List && (items.Count == 0 || input.AsList().Items.Count == 1))
            {
                items.AddRange(input.AsList().Items.Select(i => i.Retain()));
                names.AddRange(input.AsList().Names);
            }
            else
            {
                items.Add(input.Retain());
                names.Add(null);
            }
        }

        c.Return(Value.Of(new ListValue([.. items], [.. names])));
    }

    // The matrices of a list side by side, or one below the other.
    private static Value Joined(ref BuiltinContext c, bool byColumns)
    {
        Matrix[] parts = [.. c.Inputs[0].AsList().Items.Select(i => i.Tag == ValueTag.Matrix ? i.AsMatrix() : throw RuntimeErrors.CastSize.With(Casts.Describe(i)))];
        if (parts.Length == 0 || parts.Any(p => byColumns ? p.Rows != parts[0].Rows : p.Columns != parts[0].Columns))
        {
            throw DmlErrors.SizesBind.With(byColumns ? "cbind" : "rbind", string.Join(", ", parts.Select(p => $"{p.Rows}x{p.Columns}")));
        }

        Matrix result = c.Pool.Rent(byColumns ? parts[0].Rows : parts.Sum(p => p.Rows), byColumns ? parts.Sum(p => p.Columns) : parts[0].Columns, parts[0].Type);
        int offset = 0;
        foreach (Matrix part in parts)
        {
            for (int row = 0; row < part.Rows; row++)
            {
                for (int column = 0; column < part.Columns; column++)
                {
                    result[byColumns ? row : row + offset, byColumns ? column + offset : column] = part[row, column];
                }
            }

            offset += byColumns ? part.Columns : part.Rows;
        }

        return Value.Of(result);
    }

    private static int Position(ListValue list, Value key)
    {
        if (key.Tag == ValueTag.String)
        {
            int found = list.IndexOf(key.AsString());
            return found >= 0 ? found : throw RuntimeErrors.ListName.With(key.AsString(), string.Join(", ", list.Names.Select(n => n ?? "(unnamed)")));
        }

        long position = key.AsInteger();
        return position >= 1 && position <= list.Items.Count ? (int)position - 1 : throw RuntimeErrors.IndexRange.With("list", list.Items.Count, position);
    }
}
