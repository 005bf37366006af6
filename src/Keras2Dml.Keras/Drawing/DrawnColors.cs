namespace Keras2Dml.Keras.Drawing;

/// <summary>The colours of boxes in every format.</summary>
internal static class DrawnColors
{
    private static readonly IReadOnlyDictionary<DrawnKind, string> Fills = new Dictionary<DrawnKind, string>
    {
        [DrawnKind.Input] = "#e3f4e1",
        [DrawnKind.Layer] = "#f4f4f4",
        [DrawnKind.LayerWithVariables] = "#dcebfa",
        [DrawnKind.Operation] = "#fdf1d6",
        [DrawnKind.Model] = "#fbfbfd",
    };

    public static string Fill(DrawnKind kind) => Fills[kind];
}
