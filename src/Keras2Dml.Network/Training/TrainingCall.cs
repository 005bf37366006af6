using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training;

/// <summary>A call of a library function in the training part of a script: <c>[results] = file::function(arguments)</c>.</summary>
/// <param name="File">File in the library without root and ending: <c>optimizers/adam</c>.</param>
/// <param name="Function">Function of the file.</param>
/// <param name="Arguments">What to pass, in order.</param>
/// <param name="Results">What takes the results, in order.</param>
internal sealed record TrainingCall(string File, string Function, IReadOnlyList<TrainingOperand> Arguments, IReadOnlyList<TrainingOperand> Results)
{
    /// <summary>The function <c>&lt;name&gt;_rows</c>, which takes the squared gradient (or what else is given) after the gradient.</summary>
    public TrainingCall OfRows(TrainingOperand? measure = null) => this with
    {
        Function = Function + "_rows",
        Arguments = [.. Arguments.SelectMany(a => a == TrainingOperand.Gradient ? [a, measure ?? TrainingOperand.SquaredGradient] : new[] { a })],
    };
}

/// <summary>What a training call passes or assigns; code generation knows the script's variable for each.</summary>
internal abstract record TrainingOperand
{
    /// <summary>The variable that is trained, in its DML layout.</summary>
    public static TrainingOperand Weight { get; } = new WeightOperand();

    /// <summary>Its gradient, the same shape.</summary>
    public static TrainingOperand Gradient { get; } = new GradientOperand();

    /// <summary>
    /// The squared gradient: the gradient's cells squared, or, for the rows of an embedding that occurred several times in a batch, the sum of their squares
    /// (Keras on TensorFlow squares such rows before it adds them).
    /// </summary>
    public static TrainingOperand SquaredGradient { get; } = new SquaredGradientOperand();

    /// <summary>The size of the gradient's cells; for rows of an embedding that occurred several times, the sum of theirs.</summary>
    public static TrainingOperand GradientSize { get; } = new GradientSizeOperand();

    /// <summary>The learning rate of this step, a double.</summary>
    public static TrainingOperand LearningRate { get; } = new LearningRateOperand(1);

    /// <summary>The learning rate times a factor.</summary>
    public static TrainingOperand ScaledLearningRate(double factor) => new LearningRateOperand(factor);

    /// <summary>Number of this update, from 1, a double (Keras's <c>iterations + 1</c>, which counts updates, not calls, when gradients are accumulated).</summary>
    public static TrainingOperand Step { get; } = new StepOperand();

    /// <summary>A slot of the variable, by <see cref="OptimizerSlot.Name"/>.</summary>
    public static TrainingOperand Slot(string name) => new SlotOperand(name);

    /// <summary>A slot of the optimizer itself (1 x 1), by <see cref="OptimizerSlot.Name"/>.</summary>
    public static TrainingOperand Shared(string name) => new SharedSlotOperand(name);

    public static TrainingOperand Double(double value) => new ConstantOperand(DmlText.Double(value));

    public static TrainingOperand Int(long value) => new ConstantOperand(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static TrainingOperand Bool(bool value) => new ConstantOperand(value ? "TRUE" : "FALSE");
}

internal sealed record WeightOperand : TrainingOperand;

internal sealed record GradientOperand : TrainingOperand;

internal sealed record SquaredGradientOperand : TrainingOperand;

internal sealed record GradientSizeOperand : TrainingOperand;

internal sealed record LearningRateOperand(double Factor) : TrainingOperand;

internal sealed record StepOperand : TrainingOperand;

internal sealed record SlotOperand(string Name) : TrainingOperand;

internal sealed record SharedSlotOperand(string Name) : TrainingOperand;

/// <summary>Text that stands in the script as it is.</summary>
internal sealed record ConstantOperand(string Text) : TrainingOperand;
