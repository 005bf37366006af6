namespace Keras2Dml.Dml.Plan;

/// <summary>Native forms of the library's permutations of axes.</summary>
internal static class AxesIntrinsics
{
    public static Node Swap(IntrinsicCall c, Node x, long outer, Node a, Node b, long inner) => Swap(c, x, c.Integer(outer), a, b, c.Integer(inner));

    public static Node Swap(IntrinsicCall c, Node x, Node outer, Node a, Node b, long inner) => Swap(c, x, outer, a, b, c.Integer(inner));

    /// <summary>N x (outer*A*B*inner) -> N x (outer*B*A*inner).</summary>
    public static Node Swap(IntrinsicCall c, Node x, Node outer, Node a, Node b, Node inner)
    {
        Node rows = c.Reshape(x, c.Product(c.Rows(x), outer), c.Product(a, c.Product(b, inner)));
        Node swapped = c.Matrix("permute", rows, a, b, inner, c.Integer(2), c.Integer(1), c.Integer(3));
        return c.Reshape(swapped, c.Rows(x), c.Columns(x));
    }

    // dout: N x (outer*copies*inner), outer, copies, inner -> N x (outer*inner)
    public static IReadOnlyList<Node> TileBackward(IntrinsicCall c)
    {
        Node last = Swap(c, c[0], c[1], c[2], c[3], 1); // N x (outer*inner*copies)
        Node sums = c.Matrix("rowSums", c.Reshape(last, c.Product(c.Rows(c[0]), c.Product(c[1], c[3])), c[2]));
        return [c.Reshape(sums, c.Rows(c[0]), c.Product(c[1], c[3]))];
    }
}
