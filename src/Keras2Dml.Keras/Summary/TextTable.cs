using System.Text;

namespace Keras2Dml.Keras.Summary;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
internal sealed record TextColumn(string Header, int Width, TextAlignment Alignment);

/// <summary>How a column's text is set.</summary>
internal enum TextAlignment { Left, Right, Center }

/// <summary>
/// A table in box characters, laid out as the Python library rich does for Keras's summaries: columns give up width evenly until the table fits,
/// long words are cut with an ellipsis, and every line is cut at the console's width.
/// </summary>
internal sealed class TextTable(IReadOnlyList<TextColumn> columns, int lineLength, int consoleWidth)
{
    private readonly List<IReadOnlyList<string>> rows = [];

    public void Add(IReadOnlyList<string> cells) => rows.Add(cells);

    /// <summary>The lines of the table.</summary>
    public IReadOnlyList<string> Lines()
    {
        int[] widths = Widths();
        var lines = new List<string> { Rule(widths, '┏', '━', '┳', '┓') };
        AddRow(lines, [.. columns.Select(c => c.Header)], widths, '┃');
        lines.Add(Rule(widths, '┡', '━', '╇', '┩'));
        for (int i = 0; i < rows.Count; i++)
        {
            AddRow(lines, rows[i], widths, '│');
            lines.Add(i < rows.Count - 1 ? Rule(widths, '├', '─', '┼', '┤') : Rule(widths, '└', '─', '┴', '┘'));
        }

        return [.. lines.Select(l => l.Length > consoleWidth ? l[..consoleWidth] : l)];
    }

    // Widths without the borders, each with a blank on both sides.
    private int[] Widths()
    {
        int[] widths = [.. columns.Select(c => c.Width + 2)];
        int excess = widths.Sum() - (lineLength - columns.Count - 1);
        for (int i = 0; i < widths.Length && excess > 0; i++)
        {
            int share = Math.Min(widths[i], (int)Math.Round(excess / (double)(widths.Length - i), MidpointRounding.ToEven));
            widths[i] -= share;
            excess -= share;
        }

        return widths;
    }

    private static string Rule(int[] widths, char left, char line, char cross, char right) =>
        left + string.Join(cross, widths.Select(w => new string(line, w))) + right;

    private void AddRow(List<string> lines, IReadOnlyList<string> cells, int[] widths, char border)
    {
        IReadOnlyList<string>[] wrapped = [.. cells.Select((c, i) => Wrap(c, Math.Max(1, widths[i] - 2)))];
        int height = wrapped.Max(w => w.Count);
        for (int line = 0; line < height; line++)
        {
            var text = new StringBuilder().Append(border);
            for (int i = 0; i < wrapped.Length; i++)
            {
                string content = line < wrapped[i].Count ? wrapped[i][line] : "";
                text.Append(' ').Append(Aligned(content, Math.Max(1, widths[i] - 2), columns[i].Alignment)).Append(' ').Append(border);
            }

            lines.Add(text.ToString());
        }
    }

    private static string Aligned(string text, int width, TextAlignment alignment) => alignment switch
    {
        TextAlignment.Right => text.TrimEnd().PadLeft(width),
        TextAlignment.Center => text.TrimEnd().PadLeft(text.TrimEnd().Length + ((width - text.TrimEnd().Length) / 2)).PadRight(width),
        _ => text.PadRight(width),
    };

    // Breaks at words; a word that is longer than the line is cut.
    private static List<string> Wrap(string text, int width)
    {
        var breaks = new List<int> { 0 };
        int position = 0;
        foreach ((int start, int end) in Words(text))
        {
            int length = text[start..end].TrimEnd().Length;
            if (position + length > width && start > 0 && (length > width || position > 0))
            {
                breaks.Add(start);
                position = 0;
            }

            position += end - start;
        }

        breaks.Add(text.Length);
        var lines = new List<string>();
        for (int i = 0; i + 1 < breaks.Count; i++)
        {
            string line = text[breaks[i]..breaks[i + 1]];
            line = line.Length > width ? line[..width] + line[width..].TrimEnd() : line;
            lines.Add(line.Length > width ? line[..(width - 1)] + "…" : line);
        }

        return lines;
    }

    // Words with the blanks on both sides: \s*\S+\s*
    private static IEnumerable<(int Start, int End)> Words(string text)
    {
        int position = 0;
        while (position < text.Length)
        {
            int end = position;
            while (end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            while (end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            yield return (position, end);
            position = end;
        }
    }
}
