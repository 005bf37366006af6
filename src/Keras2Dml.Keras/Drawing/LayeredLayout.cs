using Keras2Dml.Core.Errors;

namespace Keras2Dml.Keras.Drawing;

/// <summary>
/// Places a model's boxes: one row per topological depth, lines that pass a row in lanes of their own, nested models as frames that are laid out first. Lines are vertical inside
/// rows and curved only between them, so no line runs over a box.
/// </summary>
internal sealed class LayeredLayout
{
    public const double FontSize = 12;
    public const double LineHeight = 16;
    public const double Padding = 12;
    private const double RowGap = 40;
    private const double LaneWidth = 8;
    private const double PortGap = 14;
    private const int MostCharacters = 36;
    private const int MostLanes = 400_000;

    private readonly DrawnModel model;
    private readonly PlacedNode[] nodes;
    private readonly RowItem[] boxes;
    private readonly RowItem[] exits;
    private readonly List<RowItem>[] rows;
    private readonly int[] arguments;
    private readonly int[] outputs;
    private readonly Dictionary<DrawnTensor, List<RowLink>> trunks = [];
    private int lanes;

    private LayeredLayout(DrawnModel model, bool isNested)
    {
        this.model = model;
        nodes = [.. model.Nodes.Select(Measure)];
        arguments = new int[nodes.Length];
        outputs = new int[nodes.Length];
        var depths = new int[nodes.Length];
        foreach (DrawnEdge edge in model.Edges)
        {
            // Edges come in the order of the boxes that they enter, so the sources' depths are final.
            depths[edge.To] = Math.Max(depths[edge.To], depths[edge.From.Node] + 1);
            arguments[edge.To]++;
            outputs[edge.From.Node] = Math.Max(outputs[edge.From.Node], edge.From.Output + 1);
        }

        foreach (DrawnTensor output in model.Outputs)
        {
            outputs[output.Node] = Math.Max(outputs[output.Node], output.Output + 1);
        }

        int last = depths.DefaultIfEmpty().Max();
        rows = [.. Enumerable.Range(0, last + (isNested ? 2 : 1)).Select(_ => new List<RowItem>())];
        boxes = [.. nodes.Select((n, i) => new RowItem { Row = depths[i], Width = n.Box.Width, Node = i })];

        // Outputs of a nested model leave through its lower edge.
        exits = isNested ? [.. model.Outputs.Select(_ => new RowItem { Row = last + 1, Width = LaneWidth, Node = -1 })] : [];
        foreach (RowItem item in boxes.Concat(exits))
        {
            rows[item.Row].Add(item);
        }
    }

    /// <summary>A place for every box and line.</summary>
    /// <exception cref="Keras2DmlException">So many lines pass so many rows that the picture could not be read.</exception>
    public static PlacedModel Place(DrawnModel model) => new LayeredLayout(model, isNested: false).Place();

    private PlacedModel Place()
    {
        RowLink[][] paths =
        [
            .. model.Edges.Select(e => Path(e.From, boxes[e.To], EntryOffset(e))),
            .. exits.Select((x, i) => Path(model.Outputs[i], x, 0)),
        ];
        RowOrder.Sort(rows);
        RowOrder.Place(rows);
        return Finish(paths);
    }

    private static PlacedNode Measure(DrawnNode node)
    {
        IReadOnlyList<string> lines = node.Lines(MostCharacters);
        double width = (2 * Padding) + lines.Select((l, i) => TextMeasure.Width(l, FontSize, bold: i == 0)).Max();
        double height = Padding + (lines.Count * LineHeight);
        if (node.Inner is null)
        {
            return new PlacedNode(node, lines, new Box(0, 0, width, height), null);
        }

        PlacedModel inner = new LayeredLayout(node.Inner, isNested: true).Place();
        return new PlacedNode(node, lines, new Box(0, 0, Math.Max(width, inner.Width + (2 * Padding)), height + Padding + inner.Height), inner);
    }

    // The links of an edge. Edges of one tensor share their lanes.
    private RowLink[] Path(DrawnTensor from, RowItem to, double entry)
    {
        if (!trunks.TryGetValue(from, out List<RowLink>? trunk))
        {
            trunks[from] = trunk = [];
        }

        RowItem upper = boxes[from.Node];
        while (upper.Row + trunk.Count + 1 < to.Row)
        {
            if (++lanes > MostLanes)
            {
                throw DataErrors.TooLarge.At("the picture", "The model", $"more than {MostLanes} crossings of lines and rows", MostLanes);
            }

            var lane = new RowItem { Row = upper.Row + trunk.Count + 1, Width = LaneWidth, Node = -1 };
            rows[lane.Row].Add(lane);
            trunk.Add(Link(from, trunk, lane, 0));
        }

        List<RowLink> shared = trunk[..(to.Row - upper.Row - 1)];
        return [.. shared, Link(from, shared, to, entry)];
    }

    private RowLink Link(DrawnTensor from, List<RowLink> before, RowItem lower, double entry)
    {
        RowItem upper = before.Count == 0 ? boxes[from.Node] : before[^1].Lower;
        var link = new RowLink(upper, lower, before.Count == 0 ? ExitOffset(from) : 0, entry);
        upper.Below.Add(link);
        lower.Above.Add(link);
        return link;
    }

    // Where a tensor leaves its box, from the box's centre: outputs side by side, those of a nested model where they leave it.
    private double ExitOffset(DrawnTensor tensor)
    {
        PlacedNode node = nodes[tensor.Node];
        return node.Inner is { } inner
            ? inner.OutputX[tensor.Output] - (inner.Width / 2)
            : Spread(tensor.Output, outputs[tensor.Node], node.Box.Width);
    }

    // Where a tensor enters its box: arguments side by side, those of a nested model above its inputs.
    private double EntryOffset(DrawnEdge edge)
    {
        PlacedNode node = nodes[edge.To];
        if (node.Inner is not { } inner)
        {
            return Spread(edge.Position, arguments[edge.To], node.Box.Width);
        }

        IReadOnlyList<int> inputs = node.Node.Inner!.Inputs;
        bool isInput = edge.Position < inputs.Count;
        return inner.Nodes[inputs[isInput ? edge.Position : 0]].Box.CenterX - (inner.Width / 2) + (isInput ? 0 : PortGap);
    }

    private static double Spread(int index, int count, double width) => (index - ((count - 1) / 2.0)) * Math.Min(PortGap, (width - Padding) / Math.Max(1, count));

    private PlacedModel Finish(RowLink[][] paths)
    {
        double left = rows.SelectMany(r => r).Select(i => i.X - (i.Width / 2)).DefaultIfEmpty().Min();
        double right = rows.SelectMany(r => r).Select(i => i.X + (i.Width / 2)).DefaultIfEmpty().Max();
        var tops = new double[rows.Length];
        var bottoms = new double[rows.Length];
        double y = 0;
        for (int r = 0; r < rows.Length; r++)
        {
            tops[r] = y;
            bottoms[r] = y + rows[r].Where(i => !i.IsLane).Select(i => nodes[i.Node].Box.Height).DefaultIfEmpty().Max();
            y = bottoms[r] + RowGap;
        }

        var placed = new PlacedNode[nodes.Length];
        for (int i = 0; i < placed.Length; i++)
        {
            Box box = nodes[i].Box;
            int row = boxes[i].Row;
            double top = tops[row] + ((bottoms[row] - tops[row] - box.Height) / 2);
            placed[i] = nodes[i] with { Box = new Box(boxes[i].X - (box.Width / 2) - left, top, box.Width, box.Height) };
        }

        Point[] Points(RowLink[] path) =>
        [
            new Point(path[0].Upper.X + path[0].UpperOffset - left, placed[path[0].Upper.Node].Box.Bottom),
            .. path.SelectMany(l => new[]
            {
                new Point(l.Upper.X + l.UpperOffset - left, bottoms[l.Upper.Row]),
                new Point(l.Lower.X + l.LowerOffset - left, tops[l.Lower.Row]),
            }),
            new Point(path[^1].Lower.X + path[^1].LowerOffset - left, path[^1].Lower.IsLane ? bottoms[^1] : placed[path[^1].Lower.Node].Box.Y),
        ];

        PlacedEdge[] edges = [.. paths.Select((p, i) => new PlacedEdge(Points(p), i < model.Edges.Count ? model.Edges[i].Keyword : null))];
        return new PlacedModel(right - left, bottoms[^1], placed, edges, [.. exits.Select(e => e.X - left)]);
    }
}
