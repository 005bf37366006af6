using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>Order statistics and moments of columns.</summary>
internal static class Statistics
{
    public static void AddTo(Dictionary<string, RuntimeBuiltin> table)
    {
        table["statistics.quantile"] = Quantile;
        table["statistics.median"] = static (ref BuiltinContext c) =>
        {
            double[] sorted = c.Inputs.Length == 2 ? Repeated(c.Matrix(0), c.Matrix(1)) : Sorted(c.Matrix(0));
            int n = sorted.Length;
            c.Return(Value.Of(n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2));
        };
        table["statistics.moment"] = table["statistics.centralMoment"] = static (ref BuiltinContext c) => c.Return(Value.Of(Moment(c.Matrix(0), c.Integer(c.Inputs.Length - 1))));
        table["statistics.cov"] = static (ref BuiltinContext c) => c.Return(Value.Of(Covariance(c.Matrix(0), c.Matrix(1))));
        table["statistics.interQuartileMean"] = static (ref BuiltinContext c) =>
        {
            double[] sorted = Sorted(c.Matrix(0));
            int n = sorted.Length;
            double quarter = n / 4.0;
            int low = (int)Math.Ceiling(quarter);
            double weight = low - quarter;
            double sum = weight * (sorted[Math.Max(0, low - 1)] + sorted[Math.Min(n - 1, n - low)]);
            for (int i = low; i < n - low; i++)
            {
                sum += sorted[i];
            }

            c.Return(Value.Of(sum / (n * 0.5)));
        };
    }

    private static void Quantile(ref BuiltinContext c)
    {
        if (c.Matrix(0).Columns != 1)
        {
            throw RuntimeErrors.Distribution.With("a column vector", $"{c.Matrix(0).Rows}x{c.Matrix(0).Columns}");
        }

        double[] sorted = c.Inputs.Length == 3 ? Repeated(c.Matrix(0), c.Matrix(1)) : Sorted(c.Matrix(0));
        double At(double q) => sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * q) - 1, 0, sorted.Length - 1)];
        int last = c.Inputs.Length - 1;
        if (c.Inputs[last].Tag != ValueTag.Matrix)
        {
            c.Return(Value.Of(At(c.Inputs[last].AsDouble())));
            return;
        }

        Matrix q = c.Matrix(last);
        Matrix result = c.Pool.Rent(q.Rows, q.Columns, MatrixType.Double);
        for (long i = 0; i < q.Length; i++)
        {
            result.Set(i, At(q.Get(i)));
        }

        c.Return(Value.Of(result));
    }

    // Whole weights repeat values.
    private static double[] Repeated(Matrix values, Matrix weights)
    {
        var all = new List<double>();
        for (int i = 0; i < values.Length; i++)
        {
            all.AddRange(Enumerable.Repeat(values.Get(i), (int)weights.Get(i)));
        }

        all.Sort();
        return [.. all];
    }

    private static double[] Sorted(Matrix matrix)
    {
        var values = new double[matrix.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = matrix.Get(i);
        }

        Array.Sort(values);
        return values;
    }

    private static double Mean(Matrix matrix)
    {
        double sum = 0;
        for (long i = 0; i < matrix.Length; i++)
        {
            sum += matrix.Get(i);
        }

        return sum / matrix.Length;
    }

    private static double Moment(Matrix matrix, int order)
    {
        double mean = Mean(matrix);
        double sum = 0;
        for (long i = 0; i < matrix.Length; i++)
        {
            sum += Math.Pow(matrix.Get(i) - mean, order);
        }

        return sum / matrix.Length;
    }

    private static double Covariance(Matrix a, Matrix b)
    {
        double meanA = Mean(a);
        double meanB = Mean(b);
        double sum = 0;
        for (long i = 0; i < a.Length; i++)
        {
            sum += (a.Get(i) - meanA) * (b.Get(i) - meanB);
        }

        return sum / (a.Length - 1);
    }
}
