using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Normalization;

/// <summary>x * scale + offset. Keras: keras.layers.Rescaling; Caffe: transform_param scale.</summary>
internal sealed class Rescaling(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Rescaling", [],
        [
            .. CommonArguments,
            Argument.Any("scale", required: true, check: Numbers),
            Argument.Any("offset", 0.0, check: Numbers),
        ]),
        config => new Rescaling(config));

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [new TensorSpec(ElementType.Float32, inputs[0].Shape)];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        double[] scale = Values("scale");
        double[] offset = Values("offset");
        int length = Math.Max(scale.Length, offset.Length);
        if (length == 1)
        {
            return LayerFunctions.Linear("layers/rescaling", LayoutRule.Any, "", [Operand.Double(scale[0]), Operand.Double(offset[0])], [Operand.Double(scale[0])]);
        }

        if (context.Inputs[0].Shape.Rank == 0 || context.Inputs[0].Shape[-1] != length || Array.Exists([scale.Length, offset.Length], n => n != 1 && n != length))
        {
            throw NetworkErrors.InputShape.At(Place, ClassName, $"a last axis of size {length}, as scale and offset have", context.Inputs[0].Shape);
        }

        Operand scales = Operand.Row(Repeated(scale, length));
        return LayerFunctions.Linear("layers/rescaling", LayoutRule.Keras, "_vectors", [scales, Operand.Row(Repeated(offset, length))], [scales]);
    }

    private static double[] Repeated(double[] values, int length) => values.Length == length ? values : [.. Enumerable.Repeat(values[0], length)];

    private static string? Numbers(object? value) => value is long or double || (value is object?[] { Length: > 0 } list && Array.TrueForAll(list, e => e is long or double)) ? null : "a number or a list of numbers";

    private double[] Values(string argument) => Config.Values[argument] switch
    {
        object?[] list => [.. list.Select(Number)],
        var value => [Number(value)],
    };

    private static double Number(object? value) => value is long integer ? integer : (double)value!;
}
