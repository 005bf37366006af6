namespace Keras2Dml.Core.Errors;

/// <summary>Errors of data files and arrays (K2D5xxx).</summary>
internal static class DataErrors
{
    public static readonly ErrorDefinition Missing = new("K2D5001", ErrorCategory.Data, "There is no such file: {0}");

    public static readonly ErrorDefinition Unreadable = new("K2D5002", ErrorCategory.Data, "The file cannot be read: {0}");

    public static readonly ErrorDefinition Empty = new("K2D5003", ErrorCategory.Data, "The file is empty.");

    public static readonly ErrorDefinition NotNpy = new("K2D5004", ErrorCategory.Data,
        "This is no array of numpy (.npy). Expected the first bytes to be \\x93NUMPY. Save it with numpy.save.");

    public static readonly ErrorDefinition NpyHeader = new("K2D5005", ErrorCategory.Data, "The header of the array is damaged: {0}.");

    public static readonly ErrorDefinition PickledObjects = new("K2D5006", ErrorCategory.Data,
        "The array holds pickled Python objects, which are never executed. Convert it to numbers or text before saving, for example array.astype(\"float32\").");

    public static readonly ErrorDefinition NpyType = new("K2D5007", ErrorCategory.Data,
        "Element type {0} is not supported. Expected float16/32/64, int8-64, uint8-64, bool, or text (<U). Convert it with array.astype.");

    public static readonly ErrorDefinition Truncated = new("K2D5008", ErrorCategory.Data,
        "The data are cut off: shape {0} of {1} needs {2} bytes, {3} are there.");

    public static readonly ErrorDefinition TooLarge = new("K2D5009", ErrorCategory.Data, "{0} is too large: {1}, the limit is {2}.");

    public static readonly ErrorDefinition NotZip = new("K2D5010", ErrorCategory.Data, "This is no undamaged zip archive: {0}");

    public static readonly ErrorDefinition NoMember = new("K2D5011", ErrorCategory.Data, "The archive has no member {0}. It has: {1}.");

    public static readonly ErrorDefinition Unwritable = new("K2D5012", ErrorCategory.Failure, "The file cannot be written: {0}");

    public static readonly ErrorDefinition ValueRange = new("K2D5013", ErrorCategory.Data, "Value {0} does not fit a 64-bit signed integer.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
        [Missing, Unreadable, Empty, NotNpy, NpyHeader, PickledObjects, NpyType, Truncated, TooLarge, NotZip, NoMember, Unwritable, ValueRange];
}
