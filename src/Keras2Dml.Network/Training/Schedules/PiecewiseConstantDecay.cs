using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Schedules;

/// <summary>A value up to each boundary (included), another after the last. Keras: keras.optimizers.schedules.PiecewiseConstantDecay.</summary>
internal static class PiecewiseConstantDecay
{
    /// <summary>Declaration and meaning.</summary>
    public static ScheduleDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Schedule, "PiecewiseConstantDecay", [],
        [
            Argument.Any("boundaries", required: true, check: Numbers),
            Argument.Any("values", required: true, check: Numbers),
            Argument.Text("name", null),
        ]),
        "schedules/piecewise_constant_decay",
        s => [Column(s, "boundaries"), Column(s, "values")])
    {
        BaseRate = s => Number(((object?[])s.Values["values"]!)[0]),
    };

    private static double Number(object? value) => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A list of numbers as a column of a matrix.</summary>
    private static LiteralOperand Column(KerasObject schedule, string argument)
    {
        object?[] values = (object?[])schedule.Values[argument]!;
        return new LiteralOperand($"matrix(\"{string.Join(' ', values.Select(v => DmlText.Double(Number(v))))}\", rows={values.Length}, cols=1)");
    }

    private static string? Numbers(object? value) => value is object?[] { Length: > 0 } list && Array.TrueForAll(list, e => e is long or double) ? null : "a list of numbers";
}
