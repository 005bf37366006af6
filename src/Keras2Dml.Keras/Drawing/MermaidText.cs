using System.Globalization;
using System.Text;

namespace Keras2Dml.Keras.Drawing;

/// <summary>A model as a Mermaid flowchart.</summary>
internal static class MermaidText
{
    private const int MostCharacters = 60;

    public static string Write(DrawnModel model)
    {
        var text = new StringBuilder();
        text.Append("flowchart TB\n");
        AddNodes(text, model, "  ");
        foreach ((int from, int to, string? keyword) in FlatEdges.Of(model))
        {
            text.Append("  n").Append(from).Append(keyword is null ? " --> " : $" -. \"{Escaped(DrawnText.Line(keyword, MostCharacters))}\" .-> ").Append('n').Append(to).Append('\n');
        }

        foreach (IGrouping<DrawnKind, DrawnNode> kind in model.Everything().GroupBy(n => n.Kind).OrderBy(k => k.Key))
        {
            text.Append("  classDef ").Append(ClassOf(kind.Key)).Append(" fill:").Append(DrawnColors.Fill(kind.Key)).Append(",stroke:#60656d,color:#1f2328\n");
            text.Append("  class ").AppendJoin(',', kind.Select(n => "n" + n.Id.ToString(CultureInfo.InvariantCulture))).Append(' ').Append(ClassOf(kind.Key)).Append('\n');
        }

        return text.ToString();
    }

    private static void AddNodes(StringBuilder text, DrawnModel model, string indent)
    {
        foreach (DrawnNode node in model.Nodes)
        {
            string label = string.Join("<br/>", node.Lines(MostCharacters).Select(Escaped));
            if (node.Inner is null)
            {
                // The double frame of a subroutine marks an output.
                text.Append(indent).Append('n').Append(node.Id).Append(node.GivesOutput ? "[[\"" : "[\"").Append(label).Append(node.GivesOutput ? "\"]]\n" : "\"]\n");
                continue;
            }

            text.Append(indent).Append("subgraph n").Append(node.Id).Append("[\"").Append(label).Append("\"]\n");
            AddNodes(text, node.Inner, indent + "  ");
            text.Append(indent).Append("end\n");
        }
    }

    private static string ClassOf(DrawnKind kind) => "kind" + kind.ToString();

    // Labels are read as HTML and as Markdown: everything that could mean something becomes a character code.
    private static string Escaped(string line)
    {
        var text = new StringBuilder();
        foreach (char c in line)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or ',' or '(' or ')' or '/' or ':' || c > 0x7F)
            {
                text.Append(c);
            }
            else
            {
                text.Append('#').Append(((int)c).ToString(CultureInfo.InvariantCulture)).Append(';');
            }
        }

        return text.ToString();
    }
}
