using System.Text;

namespace Keras2Dml.Keras.Drawing;

/// <summary>Widths of texts without a font at hand: generous for the common sans-serif fonts, so that text stays inside its box.</summary>
internal static class TextMeasure
{
    /// <summary>Pixels of a line at a font size.</summary>
    public static double Width(string line, double fontSize, bool bold)
    {
        double units = 0;
        foreach (Rune rune in line.EnumerateRunes())
        {
            units += rune.Value switch
            {
                'm' or 'w' or 'M' or 'W' or '@' or '%' => 1.05,
                ' ' or 'i' or 'j' or 'l' or 't' or 'f' or 'r' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '(' or ')' or '[' or ']' or '/' => 0.42,
                >= 'A' and <= 'Z' => 0.76,
                < 0x7F => 0.65,
                _ => 1.1,
            };
        }

        return units * fontSize * (bold ? 1.08 : 1);
    }
}
