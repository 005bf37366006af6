using System.Text;

namespace Keras2Dml.Keras.Drawing;

/// <summary>A model as text for Graphviz.</summary>
internal static class DotText
{
    private const int MostCharacters = 60;

    public static string Write(string name, DrawnModel model)
    {
        var text = new StringBuilder();
        text.Append("digraph model {\n");
        text.Append("  label=").Append(Quoted([DrawnText.Line(name, MostCharacters)])).Append(";\n");
        text.Append("  labelloc=t;\n  rankdir=TB;\n");
        text.Append("  node [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\", fontname=\"Helvetica\", fontsize=11];\n");
        AddNodes(text, model, "  ");
        foreach ((int from, int to, string? keyword) in FlatEdges.Of(model))
        {
            text.Append("  n").Append(from).Append(" -> n").Append(to);
            text.Append(keyword is null ? "" : $" [style=dashed, label={Quoted([DrawnText.Line(keyword, MostCharacters)])}, fontsize=9]").Append(";\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void AddNodes(StringBuilder text, DrawnModel model, string indent)
    {
        foreach (DrawnNode node in model.Nodes)
        {
            if (node.Inner is null)
            {
                text.Append(indent).Append('n').Append(node.Id).Append(" [label=").Append(Quoted(node.Lines(MostCharacters)))
                    .Append(", fillcolor=\"").Append(DrawnColors.Fill(node.Kind)).Append('"').Append(node.GivesOutput ? ", peripheries=2" : "").Append("];\n");
                continue;
            }

            text.Append(indent).Append("subgraph cluster_").Append(node.Id).Append(" {\n");
            text.Append(indent).Append("  label=").Append(Quoted(node.Lines(MostCharacters))).Append(";\n");
            text.Append(indent).Append("  style=rounded;\n");
            AddNodes(text, node.Inner, indent + "  ");
            text.Append(indent).Append("}\n");
        }
    }

    // In a quoted string only the quote and, as labels have escapes of their own (\N, \G, \n), the backslash mean something.
    private static string Quoted(IEnumerable<string> lines) =>
        "\"" + string.Join("\\n", lines.Select(l => l.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal))) + "\"";
}
