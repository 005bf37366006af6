namespace Keras2Dml.Core.Errors;

/// <summary>All errors. Each area has one file beside this one with its definitions and a list of them.</summary>
/// <remarks>Numbers: 1xxx Keras files, 2xxx network and layers, 3xxx DML language, 4xxx run time, 5xxx data, 6xxx training, 7xxx command line.</remarks>
internal static class ErrorCatalogue
{
    /// <summary>Every definition, in the order of identifiers.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        .. KerasFileErrors.All, .. NetworkErrors.All, .. LoweringErrors.All, .. DmlErrors.All, .. SemanticErrors.All, .. DialectErrors.All, .. RuntimeErrors.All, .. KernelErrors.All,
        .. DataErrors.All, .. TrainingErrors.All, .. CommandErrors.All,
    ];
}
