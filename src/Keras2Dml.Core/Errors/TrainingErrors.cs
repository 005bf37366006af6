namespace Keras2Dml.Core.Errors;

/// <summary>Errors of training settings (K2D6xxx).</summary>
internal static class TrainingErrors
{
    public static readonly ErrorDefinition LossAxes = new("K2D6101", ErrorCategory.Invalid,
        "{0} over the axes {1} expected neighbouring axes of the prediction other than the batch axis. Received a prediction of shape {2}.") { IsUnsupported = true };

    public static readonly ErrorDefinition ConstraintAxes = new("K2D6102", ErrorCategory.Invalid,
        "{0} over the axes {1} of a variable of shape ({2}) expected at most two groups of neighbouring axes in the order of the variable's matrix.") { IsUnsupported = true };

    public static readonly ErrorDefinition NotCompiled = new("K2D6201", ErrorCategory.Usage,
        "The model '{0}' is not compiled: it has no loss and no optimizer. Compile it in Keras before saving, call Compile, or pass --loss and --optimizer. For classification, consider categorical_crossentropy and SGD with momentum 0.95 and nesterov.");

    public static readonly ErrorDefinition OptionRange = new("K2D6202", ErrorCategory.Usage,
        "Expected {0} to be {1}. Received: {2}.");

    public static readonly ErrorDefinition UnknownName = new("K2D6203", ErrorCategory.Usage,
        "Expected the name of a Keras {0}: one of {1}. Received: '{2}'.");

    public static readonly ErrorDefinition LossTarget = new("K2D6103", ErrorCategory.Invalid,
        "{0} expected {1}. Received targets of shape {2}.") { IsUnsupported = true };

    public static readonly ErrorDefinition NoRowValues = new("K2D6104", ErrorCategory.Invalid,
        "{0} over the batch axis gives {1} values for a whole batch, none for a row: sample weights and masks have nothing to weigh. Reduce other axes, or leave the weights out.");

    public static readonly ErrorDefinition MetricOfValues = new("K2D6105", ErrorCategory.Invalid,
        "The metric {0} takes plain values; a model cannot be compiled with it. Expected a metric of targets and predictions, such as MeanSquaredError.");

    public static readonly ErrorDefinition ArgumentType = new("K2D6204", ErrorCategory.Usage,
        "Expected the argument {0} to be a number, a text, a truth value, a list of them, a learning-rate schedule or null. Received: {1}.");

    public static readonly ErrorDefinition PerOutput = new("K2D6205", ErrorCategory.Usage,
        "Expected {0} for each output of the model: {1}. Received: {2}.");

    public static readonly ErrorDefinition NoLoss = new("K2D6206", ErrorCategory.Usage,
        "Expected a loss for at least one output of the model. Received: none.");

    public static readonly ErrorDefinition ScheduledRate = new("K2D6207", ErrorCategory.Usage,
        "The callback {0} expected an optimizer with a plain learning rate. Received the schedule {1}, which sets the rate itself. Give the optimizer a plain rate, or leave the callback out.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [LossAxes, ConstraintAxes, LossTarget, NoRowValues, MetricOfValues, NotCompiled, OptionRange, UnknownName, ArgumentType, PerOutput, NoLoss, ScheduledRate];
}
