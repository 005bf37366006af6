using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;
using ScottPlot;
using SkiaSharp;

namespace Keras2Dml.Cli.Output;

/// <summary>Draws the curves of a training: a panel per metric, with the values of training and of validation. Only this class touches the native drawing library.</summary>
internal static class HistoryPlot
{
    public static readonly string[] Endings = [".png", ".svg"];

    private const string ValidationPrefix = "val_";
    private const int PanelWidth = 560;
    private const int PanelHeight = 360;

    /// <summary>Fails before a training whose curves could not be drawn.</summary>
    /// <exception cref="Keras2DmlException">The native library is missing or does not fit this machine.</exception>
    public static void CheckAvailable()
    {
        try
        {
            using var probe = new SKBitmap(1, 1);
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw CommandErrors.NoPlotLibrary.With((e.InnerException ?? e).Message);
        }
    }

    /// <summary>Writes the picture in the format of the file's ending.</summary>
    public static void Write(History history, string path)
    {
        string[] panels = [.. history.Names.Where(n => !n.StartsWith(ValidationPrefix, StringComparison.Ordinal) || !history.Contains(n[ValidationPrefix.Length..]))];
        int columns = panels.Length == 1 ? 1 : 2;
        int rows = (panels.Length + columns - 1) / columns;
        var figure = new Multiplot { Layout = new ScottPlot.MultiplotLayouts.Grid(rows, columns) };
        figure.AddPlots(panels.Length);
        for (int i = 0; i < panels.Length; i++)
        {
            Draw(figure.GetPlot(i), history, panels[i]);
        }

        (int width, int height) = (columns * PanelWidth, rows * PanelHeight);
        AtomicFile.Write(path, stream => stream.Write(
            path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) ? Svg(figure, width, height) : figure.Render(width, height).GetImageBytes(ImageFormat.Png)));
    }

    private static void Draw(Plot plot, History history, string metric)
    {
        plot.Title(metric);
        plot.XLabel("epoch");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        string validation = ValidationPrefix + metric;
        Add(plot, history, metric, "training", Colors.C0);
        if (history.Contains(validation))
        {
            Add(plot, history, validation, "validation", Colors.C1);

            // Losses fall and accuracies rise: the legend stays out of the way.
            plot.ShowLegend(history[metric][^1] > history[metric][0] ? Alignment.LowerRight : Alignment.UpperRight);
        }
    }

    // Values that are no numbers leave a gap. Epochs count from 1, as on the progress lines.
    private static void Add(Plot plot, History history, string name, string label, Color color)
    {
        (double X, double Y)[] points = [.. history.EpochsOf(name).Zip(history[name]).Where(p => double.IsFinite(p.Second)).Select(p => (p.First + 1.0, p.Second))];
        if (points.Length == 0)
        {
            return;
        }

        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(points.Select(p => p.X).ToArray(), points.Select(p => p.Y).ToArray(), color);
        line.LegendText = label;
        line.LineWidth = 2;
        line.MarkerSize = points.Length > 40 ? 0 : 5;
    }

    private static byte[] Svg(Multiplot figure, int width, int height)
    {
        using var memory = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), memory))
        {
            canvas.Clear(SKColors.White);
            figure.Render(canvas, new PixelRect(0, width, height, 0));
        }

        return memory.ToArray();
    }
}
