using System.Text.RegularExpressions;
using System.Xml.Linq;
using Keras2Dml.Keras.Drawing;

namespace Keras2Dml.Keras.Tests.Drawing;

public sealed partial class DrawingTests
{
    public static TheoryData<string> Models => new(Golden.Files(".keras").Where(f => f.StartsWith("models", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Models))]
    public void Boxes_do_not_overlap_and_lines_run_over_no_box(string file)
    {
        DrawnModel model = DrawnModelBuilder.Build(Load(file));
        Check(LayeredLayout.Place(model));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_format_has_every_box_and_line(string file)
    {
        KerasDocument document = Load(file);
        DrawnModel model = DrawnModelBuilder.Build(document);
        int boxes = model.Everything().Count();
        int frames = model.Everything().Count(n => n.Inner is not null);
        (int, int, string?)[] edges = [.. FlatEdges.Of(model)];

        XDocument svg = XDocument.Parse(SvgText.Write(document.Outline.Name, model));
        Assert.Equal(boxes, svg.Descendants().Count(e => (string?)e.Attribute("class") == "box"));
        Assert.True(svg.Descendants().Count(e => e.Attribute("marker-end") is not null) >= edges.Length);

        string dot = DotText.Write(document.Outline.Name, model);
        Assert.Equal(boxes - frames, DotNode().Count(dot));
        Assert.Equal(frames, dot.Split("subgraph cluster_").Length - 1);
        Assert.Equal(edges.Length, dot.Split(" -> ").Length - 1);

        string mermaid = MermaidText.Write(model);
        Assert.StartsWith("flowchart TB\n", mermaid, StringComparison.Ordinal);
        Assert.Equal(frames, mermaid.Split("subgraph n").Length - 1);
        Assert.Equal(edges.Length, mermaid.Split('\n').Count(l => l.Contains("-->", StringComparison.Ordinal) || l.Contains(".->", StringComparison.Ordinal)));

        // Every edge ends at a box that is drawn as one.
        HashSet<int> drawn = [.. model.Everything().Where(n => n.Inner is null).Select(n => n.Id)];
        Assert.All(edges, e => Assert.True(drawn.Contains(e.Item1) && drawn.Contains(e.Item2)));
    }

    [Fact]
    public void A_layer_that_is_called_twice_has_a_box_for_each_call()
    {
        DrawnModel model = DrawnModelBuilder.Build(Load("models/keras3/siamese_shared_layer.keras"));
        DrawnNode[] shared = [.. model.Nodes.Where(n => n.Calls > 1)];
        Assert.NotEmpty(shared);
        Assert.All(shared.GroupBy(n => n.Name), g => Assert.Equal(g.First().Calls, g.Count()));
        Assert.Contains($"shared: call 1 of {shared[0].Calls}", shared.SelectMany(n => n.Lines(40)));
    }

    [Fact]
    public void A_nested_model_is_a_frame_at_its_first_call_only()
    {
        DrawnModel model = DrawnModelBuilder.Build(Load("models/keras3/siamese_shared_model.keras"));
        DrawnNode[] calls = [.. model.Nodes.Where(n => n.Kind == DrawnKind.Model)];
        Assert.True(calls.Length > 1);
        Assert.Single(calls, n => n.Inner is not null);
    }

    [Fact]
    public void Names_cannot_break_out_of_any_format()
    {
        string[] names = ["a\"]; digraph x {", "<script>alert(1)</script>", "line\nbreak\r\0\u001b[31m", "back\\slash\\", "a\"] --> b", "`code` **x** #quot; 1. end", "\uD800half", "rtl\u202Eabc", new string('w', 5000), "&amp;]]>"];
        var model = new DrawnModel(
            [.. names.Select((n, i) => new DrawnNode(i, n, n, "(None)", 1, 0, 1) { Kind = DrawnKind.Layer, GivesOutput = false })],
            [.. Enumerable.Range(1, names.Length - 1).Select(i => new DrawnEdge(new DrawnTensor(i - 1, 0), i, 0, names[i]))],
            [0], [new DrawnTensor(names.Length - 1, 0)]);
        Check(LayeredLayout.Place(model));

        XDocument svg = XDocument.Parse(SvgText.Write(names[1], model));
        Assert.Equal(["circle", "defs", "g", "marker", "path", "rect", "svg", "text", "title"], svg.Descendants().Select(e => e.Name.LocalName).Append("circle").Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("<script>alert(1)</script>", svg.Descendants().Select(e => e.Value));

        // Outside of quoted strings the text is what we write ourselves.
        string dot = Quoted().Replace(DotText.Write(names[0], model), "Q");
        Assert.All(dot.Split('\n'), l => Assert.Matches("^(digraph model \\{|\\}|| +[\\w=\\[\\], ->]+;)$", l));
        Assert.Equal(names.Length - 1, dot.Split(" -> ").Length - 1);
        Assert.All(MermaidText.Write(model).Split('\n'), l => Assert.Matches("^(flowchart TB|| +n\\d+\\[\"[^\"`<>{}\\[\\]*]*(<br/>[^\"`<>{}\\[\\]*]*)*\"\\]| +n\\d+ (-->|-\\. \"[^\"`<>{}\\[\\]*]*\" \\.->) n\\d+| +class.*)$", l));
        Assert.DoesNotContain("\u001b", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void An_Input_layer_that_nothing_uses_is_drawn_without_a_shape()
    {
        const string Layer = """{"class_name": "InputLayer", "name": "NAME", "config": {"name": "NAME", "batch_shape": [null, 3], "dtype": "float32"}, "inbound_nodes": []}""";
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $$"""
                {"class_name": "Functional", "config": {"name": "m", "layers": [{{Layer.Replace("NAME", "used", StringComparison.Ordinal)}}, {{Layer.Replace("NAME", "spare", StringComparison.Ordinal)}}],
                 "input_layers": [["used", 0, 0]], "output_layers": [["used", 0, 0]]}, "keras_version": "3.15.1"}
                """);
            DrawnModel model = DrawnModelBuilder.Build(KerasDocument.Load(path, configOnly: true));
            Assert.Equal([("used", "(None, 3)"), ("spare", "?")], model.Nodes.Select(n => (n.Name, n.Shape)));
            Check(LayeredLayout.Place(model));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Three_hundred_layers_with_skips_and_a_wide_row_are_placed_without_overlap()
    {
        var nodes = new List<DrawnNode>();
        var edges = new List<DrawnEdge>();
        for (int i = 0; i < 300; i++)
        {
            nodes.Add(new DrawnNode(i, $"layer_{i}", "Dense", "(None, 8)", 72, 0, 1) { Kind = DrawnKind.LayerWithVariables, GivesOutput = i == 299 });
            int position = 0;
            foreach (int source in new[] { i - 1, i - 7, (i / 40) - 1 }.Where(s => s >= 0 && s < i).Distinct())
            {
                edges.Add(new DrawnEdge(new DrawnTensor(source, 0), i, position++, null));
            }
        }

        for (int i = 0; i < 40; i++)
        {
            nodes.Add(new DrawnNode(300 + i, $"head_{i}", "Dense", "(None, 1)", 9, 0, 1) { Kind = DrawnKind.LayerWithVariables, GivesOutput = true });
            edges.Add(new DrawnEdge(new DrawnTensor(299 - i, 0), 300 + i, 0, null));
        }

        PlacedModel placed = LayeredLayout.Place(new DrawnModel(nodes, edges, [0], [new DrawnTensor(299, 0)]));
        Check(placed);

        // One row per topological depth.
        Assert.True(placed.Nodes[0].Box.Bottom < placed.Nodes[1].Box.Y);
    }

    private static KerasDocument Load(string file)
    {
        try
        {
            return KerasDocument.Load(Checkout.Golden(file), configOnly: true);
        }
        catch (Keras2DmlException error) when (error.Category == ErrorCategory.Invalid)
        {
            Assert.Skip(error.Message);
            throw;
        }
    }

    private static void Check(PlacedModel model)
    {
        Box[] boxes = [.. model.Nodes.Select(n => n.Box)];
        for (int i = 0; i < boxes.Length; i++)
        {
            Box a = boxes[i];
            Assert.True(a.X >= -0.01 && a.Y >= -0.01 && a.Right <= model.Width + 0.01 && a.Bottom <= model.Height + 0.01, $"{model.Nodes[i].Node.Name} leaves the picture");
            Assert.True(model.Nodes[i].Lines.All(l => TextMeasure.Width(l, LayeredLayout.FontSize, bold: true) <= a.Width), model.Nodes[i].Node.Name);
            for (int j = 0; j < i; j++)
            {
                Box b = boxes[j];
                Assert.False(a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom, $"{model.Nodes[i].Node.Name} overlaps {model.Nodes[j].Node.Name}");
            }

            if (model.Nodes[i].Inner is { } inner)
            {
                Assert.True(inner.Width <= a.Width && inner.Height <= a.Height);
                Check(inner);
            }
        }

        foreach (Point point in model.Edges.SelectMany(Along))
        {
            Assert.DoesNotContain(boxes, b => point.X > b.X + 0.01 && point.X < b.Right - 0.01 && point.Y > b.Y + 0.01 && point.Y < b.Bottom - 0.01);
        }
    }

    // Points on the line as it is drawn: straight where both ends have the same x, else a curve with vertical tangents.
    private static IEnumerable<Point> Along(PlacedEdge edge)
    {
        for (int i = 1; i < edge.Points.Count; i++)
        {
            (Point a, Point b) = (edge.Points[i - 1], edge.Points[i]);
            Assert.True(b.Y >= a.Y - 0.01);
            for (double t = 0; t <= 1; t += 0.125)
            {
                double u = 1 - t;
                double middle = (a.Y + b.Y) / 2;
                yield return new Point(
                    (a.X * ((u * u * u) + (3 * u * u * t))) + (b.X * ((3 * u * t * t) + (t * t * t))),
                    (u * u * u * a.Y) + (3 * u * u * t * middle) + (3 * u * t * t * middle) + (t * t * t * b.Y));
            }
        }
    }

    [GeneratedRegex("^ +n\\d+ \\[label=", RegexOptions.Multiline)]
    private static partial Regex DotNode();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"")]
    private static partial Regex Quoted();
}
