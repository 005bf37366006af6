using Keras2Dml.Core.Errors;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>cdf and icdf of the normal, exponential, chi-squared, F and t distributions.</summary>
internal static class Distributions
{
    public static void AddTo(Dictionary<string, RuntimeBuiltin> table)
    {
        table["cdf"] = static (ref BuiltinContext c) =>
        {
            Func<double, double> cdf = Cdf(ref c);
            double p = cdf(c.Inputs[0].AsDouble());
            c.Return(Value.Of(c.Inputs[7].AsBoolean() ? p : 1 - p));
        };
        table["icdf"] = static (ref BuiltinContext c) =>
        {
            double p = c.Inputs[0].AsDouble();
            if (!(p is > 0 and < 1))
            {
                throw RuntimeErrors.Distribution.With("a probability between 0 and 1", Text.JavaNumber.Of(p));
            }

            c.Return(Value.Of(Inverse(Cdf(ref c), p)));
        };
    }

    // Inputs: target, distribution, mean, sd, df or df1, df2, rate, lower tail
    private static Func<double, double> Cdf(ref BuiltinContext c)
    {
        double mean = c.Inputs[2].AsDouble();
        double sd = c.Inputs[3].AsDouble();
        double df = c.Inputs[4].AsDouble();
        double df2 = c.Inputs[5].AsDouble();
        double rate = c.Inputs[6].AsDouble();
        string name = c.Text(1);
        if ((name is "chisq" or "t" or "f" && double.IsNaN(df)) || (name == "f" && double.IsNaN(df2)))
        {
            throw RuntimeErrors.Distribution.With(name == "f" ? "df1 and df2" : "df", "no degrees of freedom");
        }

        return name switch
        {
            "normal" => x => x >= mean ? 1 - 0.5 * UpperGamma(0.5, Square((x - mean) / sd) / 2) : 0.5 * UpperGamma(0.5, Square((x - mean) / sd) / 2),
            "exp" => x => x <= 0 ? 0 : -Math.Exp(-rate * x) + 1,
            "chisq" => x => x <= 0 ? 0 : 1 - UpperGamma(df / 2, x / 2),
            "f" => x => x <= 0 ? 0 : Beta(df * x / (df * x + df2), df / 2, df2 / 2),
            "t" => x => x == 0 ? 0.5 : x < 0 ? 0.5 * Beta(df / (df + x * x), df / 2, 0.5) : 1 - 0.5 * Beta(df / (df + x * x), df / 2, 0.5),
            _ => throw RuntimeErrors.Distribution.With("dist normal, exp, chisq, f or t", name),
        };
    }

    private static double Square(double x) => x * x;

    // Bisection between bounds that are widened until they enclose the probability.
    private static double Inverse(Func<double, double> cdf, double p)
    {
        double low = -1;
        double high = 1;
        while (cdf(low) > p)
        {
            low *= 2;
        }

        while (cdf(high) < p)
        {
            high *= 2;
        }

        for (int i = 0; i < 200 && high - low > Math.Abs(low) * 1e-16; i++)
        {
            double middle = (low + high) / 2;
            if (cdf(middle) < p)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }

    // Lanczos' approximation (g = 7, nine terms).
    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> terms =
        [
            0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        x--;
        double sum = terms[0];
        for (int i = 1; i < terms.Length; i++)
        {
            sum += terms[i] / (x + i);
        }

        double t = x + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    // Regularized upper incomplete gamma function Q(a, x): series below a + 1, continued fraction (Lentz) above.
    private static double UpperGamma(double a, double x)
    {
        if (x <= 0)
        {
            return 1;
        }

        double scale = Math.Exp(-x + a * Math.Log(x) - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a;
            double sum = term;
            for (double n = a + 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
            {
                term *= x / n;
                sum += term;
            }

            return 1 - sum * scale;
        }

        double b = x + 1 - a;
        double c = 1 / 1e-300;
        double d = 1 / b;
        double h = d;
        for (int i = 1; i < 1000; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = 1 / NotZero(an * d + b);
            c = NotZero(b + an / c);
            double delta = d * c;
            h *= delta;
            if (Math.Abs(delta - 1) < 1e-16)
            {
                break;
            }
        }

        return scale * h;
    }

    private static double NotZero(double x) => Math.Abs(x) < 1e-300 ? 1e-300 : x;

    // Regularized incomplete beta function I_x(a, b) by its continued fraction.
    private static double Beta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        double scale = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return x < (a + 1) / (a + b + 2) ? scale * BetaFraction(x, a, b) / a : 1 - scale * BetaFraction(1 - x, b, a) / b;
    }

    private static double BetaFraction(double x, double a, double b)
    {
        double c = 1;
        double d = 1 / NotZero(1 - (a + b) * x / (a + 1));
        double h = d;
        for (int m = 1; m < 1000; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            double delta = d * c;
            h *= delta;
            if (Math.Abs(delta - 1) < 1e-16)
            {
                break;
            }
        }

        return h;
    }
}
