using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Core;

/// <summary>An input of the model. Keras: keras.layers.InputLayer; Caffe: Data, Input.</summary>
internal sealed class InputLayer(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "InputLayer", [],
        [
            .. CommonArguments,
            Argument.Bool("sparse", false),
            Argument.Bool("ragged", false),
            Argument.Bool("optional", false),
            Argument.Any("input_tensor"),
        ]),
        config => new InputLayer(config));

    /// <summary>Shape without the batch axis, and type, as declared.</summary>
    public TensorSpec Declared
    {
        get
        {
            object? shape = Config.Values["batch_shape"] ?? Config.Values["batch_input_shape"];
            return shape is object?[] sizes && sizes.Length > 0 && Array.TrueForAll(sizes, s => s is null or long and > 0 and <= int.MaxValue)
                ? new TensorSpec(DataTypes.ElementTypeOf(Config.OptionalString("dtype")), new Shape([.. sizes.Skip(1).Select(s => s is long size ? (int)size : Shape.Unknown)]))
                : throw NetworkErrors.WrongValue.At(Place, ClassName, "batch_shape", "a list of positive sizes with null for unknown ones", JsonValues.ShownValue(shape));
        }
    }

    /// <inheritdoc/>
    public override (int Least, int Most) InputCount => (0, 0);

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [Declared];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => new PassThrough();
}
