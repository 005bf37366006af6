namespace Keras2Dml.Core.Errors;

/// <summary>Errors of Keras files (K2D1xxx).</summary>
internal static class KerasFileErrors
{
    public static readonly ErrorDefinition NotHdf = new("K2D1001", ErrorCategory.Data, "These are no HDF5 data: the signature is missing.");

    public static readonly ErrorDefinition HdfDamaged = new("K2D1002", ErrorCategory.Data, "The HDF5 data are damaged: {0}.");

    public static readonly ErrorDefinition HdfUnsupported = new("K2D1003", ErrorCategory.Data,
        "The HDF5 data use {0}, which is not supported. Write the file again with the default settings of h5py.") { IsUnsupported = true };

    public static readonly ErrorDefinition NotAModel = new("K2D1010", ErrorCategory.Data,
        "This is no Keras model file: {0}. Expected a .keras archive or folder, an HDF5 file (.h5), or the text of model.to_json().");

    public static readonly ErrorDefinition NoConfig = new("K2D1011", ErrorCategory.Data, "The model has no config.json. Expected what model.save(\"name.keras\") writes.");

    public static readonly ErrorDefinition NotJson = new("K2D1012", ErrorCategory.Data, "{0} is no valid JSON: {1}");

    public static readonly ErrorDefinition ConfigIsNoModel = new("K2D1013", ErrorCategory.Invalid,
        "{0} describes no Keras model. Expected an object with class_name Sequential, Functional or Model and its config. Received: {1}.");

    public static readonly ErrorDefinition NoWeights = new("K2D1014", ErrorCategory.Data,
        "The model's weights are missing. Expected {0} in the file.");

    public static readonly ErrorDefinition WeightsOnly = new("K2D1015", ErrorCategory.Data,
        "The file holds weights only and no configuration. Load the model from its .keras file or from the text of model.to_json(), and these weights into it.");

    public static readonly ErrorDefinition WeightMissing = new("K2D1016", ErrorCategory.Data, "The variable '{0}' is not in the file. Expected {1}.");

    public static readonly ErrorDefinition WeightShape = new("K2D1017", ErrorCategory.Data, "The variable '{0}' expected shape ({1}). Received: ({2}).");

    public static readonly ErrorDefinition WeightCount = new("K2D1018", ErrorCategory.Data, "The layer '{0}' expected {1} weights ({2}). Received: {3}.");

    public static readonly ErrorDefinition UnknownReference = new("K2D1020", ErrorCategory.Invalid,
        "It takes its input from '{0}' (call {1}, output {2}), which the model does not have.");

    public static readonly ErrorDefinition NoInputs = new("K2D1021", ErrorCategory.Invalid, "It is never reached from the model's inputs (a cycle, or a layer without a call).");

    public static readonly ErrorDefinition BadCall = new("K2D1022", ErrorCategory.Invalid, "Its inbound_nodes are not understood. Expected tensors as Keras writes them. Received: {0}.");

    public static readonly ErrorDefinition DuplicateName = new("K2D1023", ErrorCategory.Invalid, "Two layers have this name. Names must be unique in a model.");

    public static readonly ErrorDefinition SubmodelInputs = new("K2D1024", ErrorCategory.Invalid, "The model expected {0} input(s). Received: {1}.");

    public static readonly ErrorDefinition NoInputShape = new("K2D1026", ErrorCategory.Invalid,
        "The Sequential model tells no input shape. Expected an Input layer, batch_input_shape, or build_config. Build it before saving: model.build((None, 28, 28, 1)).");

    public static readonly ErrorDefinition OptimizerState = new("K2D1030", ErrorCategory.Data,
        "The optimizer's state does not fit: {0}. Recompile the model before saving, or train with a fresh optimizer.");

    public static readonly ErrorDefinition TrainingConfig = new("K2D1031", ErrorCategory.Invalid, "The compile configuration's {0} expected {1}. Received: {2}.");

    public static readonly ErrorDefinition UnknownEnding = new("K2D1032", ErrorCategory.Usage, "The ending of the file tells no format. Expected .keras, .h5, .weights.h5 or .json.");

    public static readonly ErrorDefinition OlderConfig = new("K2D1033", ErrorCategory.Usage,
        "The model was written by Keras {0}, whose configuration a .keras file cannot hold. Save it as .h5, which every Keras reads.");

    public static readonly ErrorDefinition OldLayout = new("K2D1035", ErrorCategory.Usage,
        "The variable '{0}' comes from Keras 1 in a layout of its own, into which trained values cannot be written. Save the weights as .weights.h5.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        NotHdf, HdfDamaged, HdfUnsupported, NotAModel, NoConfig, NotJson, ConfigIsNoModel, NoWeights, WeightsOnly, WeightMissing, WeightShape, WeightCount,
        UnknownReference, NoInputs, BadCall, DuplicateName, SubmodelInputs, NoInputShape, OptimizerState, TrainingConfig, UnknownEnding, OlderConfig, OldLayout,
    ];
}
