using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Reshaping;

/// <summary>Another shape for the same cells. Keras: keras.layers.Reshape; Caffe: Reshape.</summary>
internal sealed class Reshape(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Reshape", [],
        [
            .. CommonArguments,
            Argument.RequiredInts("target_shape"),
        ]),
        config => new Reshape(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0] with { Shape = Target(inputs[0].Shape) }];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => LayerFunctions.Linear("layers/reshape", LayoutRule.Keras, "", [], []);

    /// <summary>The target with its -1 replaced by the size that is left.</summary>
    private Shape Target(Shape input)
    {
        int[] target = Config.Ints("target_shape");
        int open = Array.IndexOf(target, -1);
        if (!input.IsKnown)
        {
            return new Shape([.. target.Select(t => t == -1 ? Shape.Unknown : t)]);
        }

        int product = AxisGroup.Product([.. target.Where(t => t != -1)]);
        bool fits = open < 0 ? product == input.Elements : product > 0 && input.Elements % product == 0 && Array.LastIndexOf(target, -1) == open;
        return fits ? new Shape([.. target.Select(t => t == -1 ? input.Elements / product : t)])
            : throw NetworkErrors.InputShape.At(Place, ClassName, $"as many cells as target_shape ({string.Join(", ", target)}) holds", input);
    }
}
