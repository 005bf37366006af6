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
            double[] sorted = Sorted(c.Matrix(0));
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
        double[] sorted = Sorted(c.Matrix(0));
        double At(double q) => sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * q) - 1, 0, sorted.Length - 1)];
        if (c.Inputs[1].Tag != ValueTag.Matrix)
        {
            c.Return(Value.Of(At(c.Inputs[1].AsDouble())));
            return;
        }

        Matrix q = c.Matrix(1);
        Matrix result = c.Pool.Rent(q.Rows, q.Columns, MatrixType.Double);
        for (long i = 0; i < q.Length; i++)
        {
            result.Set(i, At(q.Get(i)));
        }

        c.Return(Value.Of(result));
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
