namespace Keras2Dml.Keras.Drawing;

/// <summary>Edges for formats in which a nested model is a frame around its boxes: they go from box to box, through frames.</summary>
internal static class FlatEdges
{
    /// <summary>All edges between boxes that are drawn, with the identifiers of both ends.</summary>
    public static IEnumerable<(int From, int To, string? Keyword)> Of(DrawnModel model) =>
        model.Edges.Select(e => (Source(model, e.From), Target(model.Nodes[e.To], e), e.Keyword))
            .Concat(model.Nodes.Where(n => n.Inner is not null).SelectMany(n => Of(n.Inner!)));

    private static int Source(DrawnModel model, DrawnTensor tensor)
    {
        DrawnNode node = model.Nodes[tensor.Node];
        return node.Inner is { } inner ? Source(inner, inner.Outputs[tensor.Output]) : node.Id;
    }

    // Keyword tensors of a nested model (its mask) go with the first input.
    private static int Target(DrawnNode node, DrawnEdge edge) =>
        node.Inner is { } inner ? inner.Nodes[inner.Inputs[edge.Position < inner.Inputs.Count ? edge.Position : 0]].Id : node.Id;
}
