namespace Keras2Dml.Core.Errors;

/// <summary>Errors of the command line (K2D7xxx).</summary>
internal static class CommandErrors
{
    public static readonly ErrorDefinition Cancelled = new("K2D7001", ErrorCategory.Failure,
        "Stopped on request.");

    public static readonly ErrorDefinition FileSystem = new("K2D7002", ErrorCategory.Failure,
        "The file system refused: {0} Check the path, the free space and the permissions.");

    public static readonly ErrorDefinition Internal = new("K2D7003", ErrorCategory.Failure,
        "A fault of Keras2Dml itself: {0} Please report it with the file {1}.");

    public static readonly ErrorDefinition OutputFolder = new("K2D7004", ErrorCategory.Failure,
        "Expected an output path in an existing folder. Received: {0}, but the folder {1} does not exist. Create it first.");

    public static readonly ErrorDefinition OutputIsFolder = new("K2D7005", ErrorCategory.Failure,
        "Expected the path of a file to write. Received: {0}, which is a folder. Add a file name.");

    public static readonly ErrorDefinition OutputFormat = new("K2D7006", ErrorCategory.Usage,
        "Expected an output file that ends in {1}. Received: '{0}'.");

    public static readonly ErrorDefinition VerifyPath = new("K2D7007", ErrorCategory.Data,
        "Expected a folder with golden cases (index.jsonl in it, above it or below it). Received: {0}.");

    public static readonly ErrorDefinition Stage = new("K2D7008", ErrorCategory.Usage,
        "Expected a stage of {0}: one of {1}. Received: '{2}'.");

    public static readonly ErrorDefinition ScriptMissing = new("K2D7009", ErrorCategory.Data,
        "The script does not exist. Check the path.");

    public static readonly ErrorDefinition ScriptArgument = new("K2D7010", ErrorCategory.Usage,
        "Expected name=value after -nvargs. Received: '{0}'.");

    public static readonly ErrorDefinition MemorySize = new("K2D7011", ErrorCategory.Usage,
        "Expected a memory size such as 500m or 4g. Received: '{0}'.");

    public static readonly ErrorDefinition Callback = new("K2D7012", ErrorCategory.Usage,
        "Expected a callback: one of {0}, with arguments after a colon. Received: '{1}'.");

    public static readonly ErrorDefinition CallbackValue = new("K2D7013", ErrorCategory.Usage,
        "The argument '{0}' does not fit in '{1}'. Arguments are Keras's, as key=value, separated by commas.");

    public static readonly ErrorDefinition ExplainSource = new("K2D7014", ErrorCategory.Usage,
        "Expected a model or a script to explain. Received: none.");

    public static readonly ErrorDefinition OneFormat = new("K2D7015", ErrorCategory.Usage,
        "Expected at most one of {0}. Received: {1}.");

    public static readonly ErrorDefinition NoPlotLibrary = new("K2D7016", ErrorCategory.Failure,
        "--plot needs the native library of SkiaSharp beside the command. It cannot be loaded: {0} Keep the libraries of the published folder together, or write --history FILE.csv instead.");

    public static readonly ErrorDefinition Stopped = new("K2D7017", ErrorCategory.Failure,
        "Stopped on request in epoch {0}. {1} holds the weights reached so far; train it further with --initial-epoch.");

    public static readonly ErrorDefinition NoSuchLayer = new("K2D7018", ErrorCategory.Usage,
        "Expected a layer with variables. Received: '{0}'. The model has: {1}.");

    public static readonly ErrorDefinition ClassWeight = new("K2D7019", ErrorCategory.Usage,
        "Expected --class-weight as class=weight, each class once, for example 0=1 1=2.5. Received: '{0}'.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
        [Cancelled, FileSystem, Internal, OutputFolder, OutputIsFolder, OutputFormat, VerifyPath, Stage, ScriptMissing, ScriptArgument, MemorySize, Callback, CallbackValue, ExplainSource, OneFormat, NoPlotLibrary, Stopped, NoSuchLayer, ClassWeight];
}
