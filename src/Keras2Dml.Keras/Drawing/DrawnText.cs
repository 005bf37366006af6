using System.Globalization;
using System.Text;

namespace Keras2Dml.Keras.Drawing;

/// <summary>Names from files as one visible line. A name may hold anything: control characters, half surrogates, marks that turn the direction of text.</summary>
internal static class DrawnText
{
    private const char Replacement = '\uFFFD';

    /// <summary>One line of at most so many characters; an ellipsis stands for the rest.</summary>
    public static string Line(string text, int most)
    {
        var line = new StringBuilder();
        int count = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text.Length > 16 * most ? text[..(16 * most)] : text);
        while (elements.MoveNext())
        {
            if (++count > most)
            {
                return line.Remove(line.Length - LengthOfLast(line), LengthOfLast(line)).Append('…').ToString();
            }

            // A mark may carry any number of accents.
            foreach (Rune rune in elements.GetTextElement().EnumerateRunes().Take(4))
            {
                line.Append(Visible(rune));
            }
        }

        return line.ToString();
    }

    private static int LengthOfLast(StringBuilder line) => line.Length > 1 && char.IsLowSurrogate(line[^1]) ? 2 : 1;

    // Control characters become their pictures (U+2400 ...), other invisible ones the replacement character.
    private static string Visible(Rune rune) => rune.Value switch
    {
        < 0x20 => ((char)(0x2400 + rune.Value)).ToString(),
        0x7F => "\u2421",
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => Replacement.ToString(),
            _ => rune.ToString(),
        },
    };
}
