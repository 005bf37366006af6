namespace Keras2Dml.Core.Errors;

/// <summary>Errors of running a script (K2D4xxx).</summary>
internal static class RuntimeErrors
{
    public static readonly ErrorDefinition MemoryBudget = new("K2D4001", ErrorCategory.Failure,
        "The memory budget is exceeded: a matrix of {0} x {1} needs {2} bytes, {3} are in use, the budget is {4}. Use a smaller batch size or a larger --memory.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [MemoryBudget];
}
