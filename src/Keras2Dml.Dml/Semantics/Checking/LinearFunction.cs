using System.Globalization;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <summary>A constant plus whole multiples of variables, as subscripts of parallel loops are compared.</summary>
internal sealed class LinearFunction(long constant)
{
    private readonly SortedDictionary<string, long> coefficients = new(StringComparer.Ordinal);

    public long Constant { get; } = constant;

    public bool IsConstant => coefficients.Count == 0;

    public static LinearFunction Of(string variable)
    {
        var function = new LinearFunction(0);
        function.coefficients[variable] = 1;
        return function;
    }

    public long Coefficient(string variable) => coefficients.GetValueOrDefault(variable);

    public LinearFunction Plus(LinearFunction other)
    {
        var sum = new LinearFunction(unchecked(Constant + other.Constant));
        foreach (string variable in coefficients.Keys.Union(other.coefficients.Keys))
        {
            long coefficient = unchecked(Coefficient(variable) + other.Coefficient(variable));
            if (coefficient != 0)
            {
                sum.coefficients[variable] = coefficient;
            }
        }

        return sum;
    }

    public LinearFunction Times(long factor)
    {
        var product = new LinearFunction(unchecked(Constant * factor));
        foreach ((string variable, long coefficient) in coefficients.Where(_ => factor != 0))
        {
            product.coefficients[variable] = unchecked(coefficient * factor);
        }

        return product;
    }

    /// <summary>True when both hold the same multiples of all variables but the given ones, so that their difference does not depend on the others.</summary>
    public bool HasSameSymbols(LinearFunction other, IEnumerable<string> except)
    {
        HashSet<string> symbols = [.. coefficients.Keys, .. other.coefficients.Keys];
        symbols.ExceptWith(except);
        return symbols.All(s => Coefficient(s) == other.Coefficient(s));
    }

    public override string ToString()
    {
        IEnumerable<string> parts = coefficients.Select(c => c.Value == 1 ? c.Key : string.Create(CultureInfo.InvariantCulture, $"{c.Value} * {c.Key}"));
        return string.Join(" + ", Constant == 0 && coefficients.Count > 0 ? parts : parts.Append(Constant.ToString(CultureInfo.InvariantCulture)));
    }
}
