using System.Text;

namespace Keras2Dml.Codegen.Writing;

/// <summary>Collects the lines of a script: indentation, comments at the end of lines, blocks.</summary>
internal sealed class ScriptWriter
{
    private const int CommentColumn = 88;

    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>The text so far.</summary>
    public override string ToString() => text.ToString();

    /// <summary>A line; a comment goes to a column of its own.</summary>
    public void Line(string code, string? comment = null)
    {
        string indented = new string(' ', 2 * depth) + code;
        text.Append(comment is null ? indented : $"{indented.PadRight(CommentColumn - 1)} # {Plain(comment)}").Append('\n');
    }

    /// <summary>Several lines as they are.</summary>
    public void Lines(params IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Line(line);
        }
    }

    public void Comment(string comment) => Line("# " + Plain(comment));

    public void Blank() => text.Append('\n');

    /// <summary>Opens a block: <c>head {</c>.</summary>
    public void Open(string head)
    {
        Line(head + " {");
        depth++;
    }

    /// <summary>Opens a block that runs when a condition holds; null for always, without a block. Close it with <see cref="CloseWhen"/>.</summary>
    public void OpenWhen(string? condition)
    {
        if (condition is not null)
        {
            Open($"if ({condition})");
        }
    }

    public void CloseWhen(string? condition)
    {
        if (condition is not null)
        {
            Close();
        }
    }

    /// <summary>Closes a block and opens the next: <c>} else {</c> on two lines, as SystemDS users write it.</summary>
    public void Else()
    {
        depth--;
        Line("}");
        Line("else {");
        depth++;
    }

    public void Close()
    {
        depth--;
        Line("}");
    }

    /// <summary>Text that stays inside a comment whatever it holds: layer names may be arbitrary.</summary>
    public static string Plain(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            result.Append(char.IsControl(c) || c is '\u2028' or '\u2029' || !char.IsAscii(c) ? '?' : c);
        }

        return result.ToString();
    }
}
