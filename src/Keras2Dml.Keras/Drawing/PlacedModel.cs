namespace Keras2Dml.Keras.Drawing;

/// <summary>A point of a picture in pixels, y downwards.</summary>
internal readonly record struct Point(double X, double Y);

/// <summary>A rectangle of a picture in pixels.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double CenterX => X + (Width / 2);

    public Box Shifted(double x, double y) => this with { X = X + x, Y = Y + y };
}

/// <summary>A model with a place for everything; coordinates count from the top left corner of its own frame.</summary>
/// <param name="Width">Width of all boxes and lanes.</param>
/// <param name="Height">Height of all rows.</param>
/// <param name="Nodes">The boxes in the order of the model's nodes.</param>
/// <param name="Edges">The lines.</param>
/// <param name="OutputX">Where the model's outputs leave at the bottom.</param>
internal sealed record PlacedModel(double Width, double Height, IReadOnlyList<PlacedNode> Nodes, IReadOnlyList<PlacedEdge> Edges, IReadOnlyList<double> OutputX);

/// <summary>A box with its text. The frame of a nested model holds the model's picture under the text.</summary>
internal sealed record PlacedNode(DrawnNode Node, IReadOnlyList<string> Lines, Box Box, PlacedModel? Inner);

/// <summary>A line from a box to a box.</summary>
/// <param name="Points">
/// Ends of its parts. Part 0 is vertical (from the box to the end of its row), then curves (through the space between two rows) and vertical parts (through a row) alternate;
/// the last part is vertical.
/// </param>
/// <param name="Keyword">The keyword argument that it feeds, or null.</param>
internal sealed record PlacedEdge(IReadOnlyList<Point> Points, string? Keyword);
