using System.Globalization;

namespace Keras2Dml.Network.Functions;

/// <summary>Values as DML source text.</summary>
internal static class DmlText
{
    /// <summary>A double literal: shortest text that reads back to the same value, always with a point or an exponent.</summary>
    public static string Double(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "Inf" : "(-Inf)";
        }

        string text = value.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e');
        return text.Contains('.') || text.Contains('e') ? text : text + ".0";
    }
}
