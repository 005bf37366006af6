namespace Keras2Dml.Core.Errors;

/// <summary>Errors of turning a network into a script (K2D21xx).</summary>
internal static class LoweringErrors
{
    public static readonly ErrorDefinition UnknownInputSize = new("K2D2101", ErrorCategory.Usage,
        "The model leaves sizes of this input open: {0}. A script needs all of them: give them as input shape, for example (3,224,224), or give data.");

    public static readonly ErrorDefinition InputShapeMismatch = new("K2D2102", ErrorCategory.Usage,
        "Expected an input shape that fits {0}, received {1}.");

    public static readonly ErrorDefinition NoCaffeSolver = new("K2D2103", ErrorCategory.Invalid,
        "Expected an optimizer that Caffe has (SGD, Adagrad, Adam without amsgrad, RMSprop without centered, Adadelta), received {0} as configured. Train with Keras2Dml itself, or choose one of these.");

    public static readonly ErrorDefinition NoCaffeSchedule = new("K2D2104", ErrorCategory.Invalid,
        "Expected a plain learning rate, received the schedule {0}, which Caffe does not have. Give --lr-policy instead.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [UnknownInputSize, InputShapeMismatch, NoCaffeSolver, NoCaffeSchedule];
}
