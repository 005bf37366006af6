namespace Keras2Dml.Keras.Drawing;

/// <summary>Something that takes room in a row: a box, a lane for a line that passes the row, or the place where an output leaves the model.</summary>
internal sealed class RowItem
{
    public required int Row { get; init; }

    public required double Width { get; init; }

    /// <summary>Index of the box; -1 for a lane.</summary>
    public required int Node { get; init; }

    /// <summary>Centre.</summary>
    public double X { get; set; }

    /// <summary>Position in the row.</summary>
    public int Order { get; set; }

    /// <summary>Lines from the row above.</summary>
    public List<RowLink> Above { get; } = [];

    /// <summary>Lines to the row below.</summary>
    public List<RowLink> Below { get; } = [];

    public bool IsLane => Node < 0;
}

/// <summary>A part of a line between neighbouring rows.</summary>
/// <param name="Upper">Where it starts.</param>
/// <param name="Lower">Where it ends.</param>
/// <param name="UpperOffset">Where it leaves, from the upper item's centre.</param>
/// <param name="LowerOffset">Where it enters, from the lower item's centre.</param>
internal sealed record RowLink(RowItem Upper, RowItem Lower, double UpperOffset, double LowerOffset)
{
    // Long lines are kept straight first.
    public double Weight => (Upper.IsLane ? 2 : 1) * (Lower.IsLane ? 2 : 1);
}
