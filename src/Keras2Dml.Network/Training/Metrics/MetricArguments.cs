using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>Arguments and checks that several metrics share.</summary>
internal static class MetricArguments
{
    /// <summary>Declaration of a metric.</summary>
    public static KerasClass Class(string name, IReadOnlyList<string> aliases, params IReadOnlyList<Argument> arguments) =>
        new(ObjectKind.Metric, name, aliases, [.. MetricDefinition.CommonArguments, .. arguments]);

    /// <summary>A number or a list of numbers between 0 and 1, or nothing.</summary>
    public static Argument Thresholds(string name = "thresholds") =>
        Argument.Any(name, check: v => v is null || Numbers(v) is { Count: > 0 } list && list.All(t => t is >= 0 and <= 1) ? null : "a number between 0 and 1, or a list of them");

    /// <summary>A list of numbers of at least 0, or nothing.</summary>
    public static Argument Weights(string name) =>
        Argument.Any(name, check: v => v is null || Numbers(v) is { Count: > 0 } list && list.All(w => w >= 0) ? null : "a list of numbers of at least 0");

    /// <summary>A number that Keras has no default for, between 0 and 1.</summary>
    public static Argument RequiredShare(string name) =>
        new(name, ArgumentType.Double, null, true, v => v is >= 0.0 and <= 1.0 ? null : "a number between 0 and 1");

    /// <summary>The numbers of an argument that takes one or several; null for null and for what is no number.</summary>
    public static IReadOnlyList<double>? Numbers(object? value) => value switch
    {
        double d => [d],
        long l => [l],
        object?[] list when Array.TrueForAll(list, e => e is double or long) => [.. list.Select(e => e is long l ? l : (double)e!)],
        _ => null,
    };

    /// <summary>Size of the prediction's last axis: 1 for one value per row.</summary>
    public static int LastAxisSize(Shape shape) => shape.Rank == 0 ? 1 : shape[-1];

    /// <summary>Throws when predictions and targets are not the same number of cells per row.</summary>
    public static void RequireSameCells(ValueContext context)
    {
        if (context.Prediction.Elements != context.Target.Elements)
        {
            throw TrainingErrors.LossTarget.With(context.Config.ClassName, $"targets of the same shape as the predictions, {context.Prediction}", context.Target);
        }
    }

    /// <summary>Throws when predictions have other axes than the batch and one more.</summary>
    public static void RequireOneAxis(ValueContext context)
    {
        RequireSameCells(context);
        if (context.Prediction.Rank > 1)
        {
            throw TrainingErrors.LossTarget.With(context.Config.ClassName, $"predictions and targets with one axis beside the batch axis (the predictions are {context.Prediction})", context.Target);
        }
    }

    /// <summary>A row of ones.</summary>
    public static Operand Ones(int columns) => Operand.Filled(1, 1, columns);
}
