using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>Aggregates per group, and distinct values.</summary>
internal static class Grouping
{
    public static void AddTo(Dictionary<string, RuntimeBuiltin> table)
    {
        table["aggregate"] = Aggregate;
        table["contains"] = Contains;
        table["countDistinct"] = static (ref BuiltinContext c) => c.Return(Value.Of((long)Distinct(c.Matrix(0), static (_, _) => true)));
        table["rowCountDistinct"] = static (ref BuiltinContext c) => c.Return(Counts(c.Matrix(0), c.Pool, byRows: true));
        table["colCountDistinct"] = static (ref BuiltinContext c) => c.Return(Counts(c.Matrix(0), c.Pool, byRows: false));
    }

    // Inputs: target, groups, function, number of groups (-1: the largest), order of a central moment, weights (1 for none)
    private static void Aggregate(ref BuiltinContext c)
    {
        Matrix target = c.Matrix(0);
        Matrix groups = c.Matrix(1);
        string function = c.Text(2);
        int order = (int)(c.Inputs[4].Tag == ValueTag.String ? long.Parse(c.Text(4), System.Globalization.CultureInfo.InvariantCulture) : c.Inputs[4].AsInteger());
        Matrix? weights = c.Inputs[5].Tag == ValueTag.Matrix ? c.Matrix(5) : null;
        if (groups.Length != target.Rows && groups.Length != target.Length)
        {
            throw RuntimeErrors.Distribution.With($"a group for each of {target.Rows} rows", $"{groups.Length} groups");
        }

        int count = c.Integer(3);
        bool isRow = groups.Length != target.Rows;
        for (long i = 0; i < groups.Length; i++)
        {
            double group = groups.Get(i);
            if (!(group >= 1))
            {
                throw RuntimeErrors.Distribution.With("groups from 1 on", Text.JavaNumber.Of(group));
            }

            count = c.Inputs[3].AsInteger() < 0 ? Math.Max(count, (int)group) : count;
        }

        int columns = isRow ? 1 : target.Columns;
        Matrix result = c.Pool.Rent(count, columns, MatrixType.Double);
        for (int column = 0; column < columns; column++)
        {
            for (int group = 1; group <= count; group++)
            {
                var values = new List<(double X, double Weight)>();
                for (int i = 0; i < groups.Length; i++)
                {
                    if ((int)groups.Get(i) == group)
                    {
                        values.Add((isRow ? target.Get(i) : target[i, column], weights?.Get(i) ?? 1));
                    }
                }

                result[group - 1, column] = Fold(function, values, order);
            }
        }

        c.Return(Value.Of(result));
    }

    private static double Fold(string function, List<(double X, double Weight)> values, int order)
    {
        double n = values.Sum(v => v.Weight);
        double sum = values.Sum(v => v.X * v.Weight);
        double Moment(double power) => n == 0 ? 0 : values.Sum(v => v.Weight * Math.Pow(v.X - sum / n, power)) / n;
        return function switch
        {
            "sum" => sum,
            "count" => n,
            "mean" => n == 0 ? 0 : sum / n,
            "variance" => n < 2 ? 0 : Moment(2) * n / (n - 1),
            "centralmoment" => Moment(order),
            "min" => values.Count == 0 ? double.PositiveInfinity : values.Min(v => v.X),
            "max" => values.Count == 0 ? double.NegativeInfinity : values.Max(v => v.X),
            _ => throw RuntimeErrors.Distribution.With("fn sum, count, mean, variance, centralmoment, min or max", function),
        };
    }

    private static void Contains(ref BuiltinContext c)
    {
        Value target = c.Inputs[0];
        string text = c.Inputs[1].Tag == ValueTag.String ? c.Text(1) : string.Empty;
        bool found = false;
        switch (target.Tag)
        {
            case ValueTag.Matrix:
                double pattern = c.Inputs[1].AsDouble();
                for (long i = 0; i < target.AsMatrix().Length && !found; i++)
                {
                    double x = target.AsMatrix().Get(i);
                    found = x == pattern || (double.IsNaN(x) && double.IsNaN(pattern));
                }

                break;
            case ValueTag.Frame:
                found = ((FrameValue)target.AsReference()).Columns.Any(column => column.Contains(text));
                break;
            default:
                throw RuntimeErrors.CastSize.With(Casts.Describe(target));
        }

        c.Return(Value.Of(found));
    }

    private static int Distinct(Matrix matrix, Func<int, int, bool> wanted)
    {
        var seen = new HashSet<double>();
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                if (wanted(row, column))
                {
                    seen.Add(matrix[row, column]);
                }
            }
        }

        return seen.Count;
    }

    private static Value Counts(Matrix matrix, BufferPool pool, bool byRows)
    {
        int count = byRows ? matrix.Rows : matrix.Columns;
        Matrix result = byRows ? pool.Rent(count, 1, MatrixType.Double) : pool.Rent(1, count, MatrixType.Double);
        for (int i = 0; i < count; i++)
        {
            int wanted = i;
            result.Set(i, Distinct(matrix, (row, column) => (byRows ? row : column) == wanted));
        }

        return Value.Of(result);
    }
}
