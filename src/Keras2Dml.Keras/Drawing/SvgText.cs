using System.Globalization;
using System.Security;
using System.Text;

namespace Keras2Dml.Keras.Drawing;

/// <summary>A placed model as an SVG picture.</summary>
internal static class SvgText
{
    private const double Margin = 24;
    private const double Header = 34;
    private const int LongestTooltip = 400;

    public static string Write(string name, DrawnModel model)
    {
        PlacedModel placed = LayeredLayout.Place(model);
        string title = DrawnText.Line(name, 60);
        double width = Math.Max(placed.Width, TextMeasure.Width(title, 16, bold: true)) + (2 * Margin);
        double height = placed.Height + (2 * Margin) + Header;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0.#}\" height=\"{height:0.#}\" viewBox=\"0 0 {width:0.#} {height:0.#}\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n");
        text.Append("<title>").Append(SecurityElement.Escape(DrawnText.Line(name, LongestTooltip))).Append("</title>\n");
        text.Append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#60656d\"/></marker></defs>\n");
        text.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{width / 2:0.#}\" y=\"{Margin + 8:0.#}\" text-anchor=\"middle\" font-size=\"16\" font-weight=\"bold\" fill=\"#1f2328\">{SecurityElement.Escape(title)}</text>\n");
        AddModel(text, placed, (width - placed.Width) / 2, Margin + Header);
        return text.Append("</svg>\n").ToString();
    }

    private static void AddModel(StringBuilder text, PlacedModel model, double x, double y)
    {
        foreach (PlacedNode node in model.Nodes)
        {
            AddNode(text, node, x, y);
        }

        foreach (PlacedEdge edge in model.Edges)
        {
            text.Append("<path d=\"").Append(Path(edge.Points, x, y)).Append("\" fill=\"none\" stroke=\"#60656d\" stroke-width=\"1.2\" marker-end=\"url(#arrow)\"");
            text.Append(edge.Keyword is null ? "/>\n" : $" stroke-dasharray=\"4 3\"><title>{SecurityElement.Escape(DrawnText.Line(edge.Keyword, LongestTooltip))}</title></path>\n");
        }
    }

    private static void AddNode(StringBuilder text, PlacedNode node, double x, double y)
    {
        Box box = node.Box.Shifted(x, y);
        text.Append("<g><title>").Append(SecurityElement.Escape(DrawnText.Line($"{node.Node.Name} ({node.Node.ClassName})", LongestTooltip))).Append("</title>\n");
        text.Append(CultureInfo.InvariantCulture, $"<rect class=\"box\" x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" rx=\"6\" fill=\"{DrawnColors.Fill(node.Node.Kind)}\" stroke=\"#60656d\" stroke-width=\"{(node.Node.GivesOutput ? 2.4 : 1)}\"/>\n");
        double line = box.Y + (LayeredLayout.Padding / 2) + LayeredLayout.FontSize;
        for (int i = 0; i < node.Lines.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{box.CenterX:0.#}\" y=\"{line:0.#}\" text-anchor=\"middle\" font-size=\"{LayeredLayout.FontSize}\" fill=\"#1f2328\"{(i == 0 ? " font-weight=\"bold\"" : "")}>{SecurityElement.Escape(node.Lines[i])}</text>\n");
            line += LayeredLayout.LineHeight;
        }

        text.Append("</g>\n");
        if (node.Inner is { } inner)
        {
            AddModel(text, inner, box.X + ((box.Width - inner.Width) / 2), box.Bottom - inner.Height);
        }
    }

    // Vertical parts and curves alternate; a curve's tangents are vertical, so that it stays between its rows.
    private static string Path(IReadOnlyList<Point> points, double x, double y)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{points[0].X + x:0.#} {points[0].Y + y:0.#}");
        for (int i = 1; i < points.Count; i++)
        {
            (Point from, Point to) = (points[i - 1], points[i]);
            if (from.X == to.X)
            {
                path.Append(CultureInfo.InvariantCulture, $"V{to.Y + y:0.#}");
            }
            else
            {
                double middle = ((from.Y + to.Y) / 2) + y;
                path.Append(CultureInfo.InvariantCulture, $"C{from.X + x:0.#} {middle:0.#} {to.X + x:0.#} {middle:0.#} {to.X + x:0.#} {to.Y + y:0.#}");
            }
        }

        return path.ToString();
    }
}
