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

    public static readonly ErrorDefinition NoRows = new("K2D5102", ErrorCategory.Data,
        "Expected at least one row of data. Received: 0 rows (the file is empty).");

    public static readonly ErrorDefinition CsvFieldCount = new("K2D5103", ErrorCategory.Data,
        "Expected {0} fields, as in the first row. Received: {1}. Every row of a csv file must have the same number of fields.");

    public static readonly ErrorDefinition CsvNumber = new("K2D5104", ErrorCategory.Data,
        "Expected a number. Received: '{0}'. Encode text columns as numbers first.");

    public static readonly ErrorDefinition NotIdx = new("K2D5105", ErrorCategory.Data,
        "Expected an IDX file (two zero bytes, type, rank). Received other bytes.");

    public static readonly ErrorDefinition IdxTooLarge = new("K2D5106", ErrorCategory.Data,
        "The IDX file claims {0} elements, more than the limit of {1} bytes. The file is damaged.");

    public static readonly ErrorDefinition IdxCut = new("K2D5107", ErrorCategory.Data,
        "The IDX file ends before all its elements. The file is cut or damaged.");

    public static readonly ErrorDefinition UnknownDataFormat = new("K2D5108", ErrorCategory.Usage,
        "Expected a data file that ends in {1}. Received: '{0}'.");

    public static readonly ErrorDefinition RowCounts = new("K2D5109", ErrorCategory.Data,
        "Expected the same number of rows everywhere. Received: {0}.");

    public static readonly ErrorDefinition InputShape = new("K2D5110", ErrorCategory.Data,
        "Expected rows of {1} = {2} values for input '{0}'. Received: {3} values a row (shape {4}).");

    public static readonly ErrorDefinition ArrayCount = new("K2D5111", ErrorCategory.Data,
        "Expected {0} arrays ({1}). Received: {2}.");

    public static readonly ErrorDefinition NpzKey = new("K2D5112", ErrorCategory.Data,
        "Expected an array named '{0}' in the npz file. Received: {1}.");

    public static readonly ErrorDefinition LabelColumn = new("K2D5113", ErrorCategory.Data,
        "Expected a column named '{0}' (--labels). Received: {1}.");

    public static readonly ErrorDefinition LabelRange = new("K2D5114", ErrorCategory.Data,
        "Expected whole labels from 0 to {0} ({1} classes). Received: {2} in row {3}.");

    public static readonly ErrorDefinition NotNumbers = new("K2D5116", ErrorCategory.Data,
        "Expected numbers. Received: an array of strings.");

    public static readonly ErrorDefinition NoTable = new("K2D5117", ErrorCategory.Usage,
        "--labels names columns of a table (.csv or .parquet). Received: a file that holds one array without columns. Give the targets as a second file: --data X,y.");

    public static readonly ErrorDefinition ParquetDamaged = new("K2D5118", ErrorCategory.Data,
        "The Parquet file cannot be read: {0} It is damaged, or uses a feature that is not supported.");

    public static readonly ErrorDefinition ParquetColumn = new("K2D5119", ErrorCategory.Data,
        "Expected columns of numbers. Column '{0}' holds {1}. Encode it as numbers first, or leave it out.");

    public static readonly ErrorDefinition SystemDsFile = new("K2D5120", ErrorCategory.Data,
        "Expected a matrix in a text format of SystemDS (csv, text, mm) with its .mtd file. Received: {0}");

    public static readonly ErrorDefinition NotTrained = new("K2D5121", ErrorCategory.Data,
        "Expected the trained variables of an exported model ({0} and so on). Received: none of them. Run the folder's run.sh first.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        Missing, Unreadable, Empty, NotNpy, NpyHeader, PickledObjects, NpyType, Truncated, TooLarge, NotZip, NoMember, Unwritable, ValueRange,
        NoRows, CsvFieldCount, CsvNumber, NotIdx, IdxTooLarge, IdxCut, UnknownDataFormat, RowCounts,
        InputShape, ArrayCount, NpzKey, LabelColumn, LabelRange, NotNumbers, NoTable, ParquetDamaged, ParquetColumn, SystemDsFile, NotTrained,
    ];
}
