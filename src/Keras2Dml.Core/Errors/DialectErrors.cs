namespace Keras2Dml.Core.Errors;

/// <summary>What Apache SystemDS 3.3 refuses or reads differently, in scripts that shall run there too (K2D33xx).</summary>
internal static class DialectErrors
{
    public static readonly ErrorDefinition OmittedArgument = new("K2D3301", ErrorCategory.Invalid,
        "SystemDS 3.3 refuses calls that leave out arguments: {0} takes {1}. Received: {2}.");

    public static readonly ErrorDefinition MixedArguments = new("K2D3302", ErrorCategory.Invalid,
        "SystemDS 3.3 refuses arguments partly by name and partly by position in the call of {0}. Give all by position or all by name.");

    public static readonly ErrorDefinition ListElement = new("K2D3303", ErrorCategory.Invalid,
        "SystemDS 3.3 fails when an element of the list '{0}' is assigned. Build the list again with list(name=value, ...).");

    public static readonly ErrorDefinition Accumulation = new("K2D3304", ErrorCategory.Invalid,
        "SystemDS 3.3 takes += only as a sum over the iterations of parfor. Write {0} = {0} + ...");

    public static readonly ErrorDefinition ReadFormat = new("K2D3305", ErrorCategory.Invalid,
        "SystemDS 3.3 needs the format to read a file without .mtd. Add format=\"csv\".");

    public static readonly ErrorDefinition BuiltinName = new("K2D3306", ErrorCategory.Invalid,
        "'{0}' is also a function that SystemDS 3.3 brings as a script; calling the own one inside an expression fails there. Use another name.");

    public static readonly ErrorDefinition DroppedCharacter = new("K2D3307", ErrorCategory.Invalid,
        "SystemDS 3.3 drops the character '{0}' silently. Remove it.");

    public static readonly ErrorDefinition PackagedSource = new("K2D3308", ErrorCategory.Invalid,
        "SystemDS 3.3 may take its own file for '{0}'. Source files from keras2dml/ or from a folder of your own.");

    public static readonly ErrorDefinition WorkingDirectory = new("K2D3309", ErrorCategory.Invalid,
        "setwd does not reach nested sources in SystemDS 3.3. Run the script from its folder.");

    public static readonly ErrorDefinition NewerBuiltin = new("K2D3310", ErrorCategory.Invalid,
        "SystemDS 3.3 has no function {0}.");

    public static readonly ErrorDefinition FaultyBuiltin = new("K2D3311", ErrorCategory.Invalid,
        "{0} of SystemDS 3.3 gives wrong results. Use the layer of keras2dml/layers.");

    public static readonly ErrorDefinition MayBeUnassigned = new("K2D3312", ErrorCategory.Invalid,
        "'{0}' has no value when the branch or loop that assigns it is not entered. Assign it before.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        OmittedArgument, MixedArguments, ListElement, Accumulation, ReadFormat, BuiltinName, DroppedCharacter, PackagedSource, WorkingDirectory, NewerBuiltin, FaultyBuiltin, MayBeUnassigned,
    ];
}
