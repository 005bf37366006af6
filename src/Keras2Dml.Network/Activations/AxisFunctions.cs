using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Steps;

namespace Keras2Dml.Network.Activations;

/// <summary>Activations along axes: softmax, log_softmax, sparsemax, glu. Their functions take groups of neighbouring cells, so other axes are moved to the end first.</summary>
internal static class AxisFunctions
{
    /// <summary>Functions of an activation over axes of a tensor.</summary>
    /// <param name="name">The activation and its file.</param>
    /// <param name="axes">Axes as Keras counts them: 0 is the batch, negative ones count from the end.</param>
    /// <param name="shape">Shape of the tensor.</param>
    public static LayerMeaning Of(string name, IReadOnlyList<int> axes, Shape shape)
    {
        if (axes is [var single] && AxisGroup.WithoutBatch(shape, single) == -1 && name != "sparsemax")
        {
            return LayerFunctions.OfInput("activations/" + name, LayoutRule.Any, "_batch");
        }

        AxisGroup group = Group(name, axes, shape);
        FunctionPair functions = LayerFunctions.OfInput("activations/" + name, LayoutRule.Keras, "", Operand.Int(group.Size));
        return AtTheEnd(name, group, functions, shape, shape);
    }

    /// <summary>Functions of <c>glu</c>, which halves its axis.</summary>
    public static LayerMeaning Glu(int axis, Shape shape)
    {
        AxisGroup group = Group("glu", [axis], shape);
        FunctionPair functions = LayerFunctions.OfInput("activations/glu", LayoutRule.Keras, "", Operand.Int(group.Size));
        return AtTheEnd("glu", group, functions, shape, GluShape(axis, shape));
    }

    /// <summary>The shape with its axis halved.</summary>
    /// <exception cref="Keras2DmlException">The size of the axis is odd.</exception>
    public static Shape GluShape(int axis, Shape shape)
    {
        int[] sizes = shape.Sizes.ToArray();
        int place = AxisGroup.WithoutBatch(shape, axis);
        if (place < 0 || place >= sizes.Length || (sizes[place] != Shape.Unknown && sizes[place] % 2 != 0))
        {
            throw NetworkErrors.InputShape.At(null, "glu", $"an even size along axis {axis}", shape);
        }

        sizes[place] = sizes[place] == Shape.Unknown ? Shape.Unknown : sizes[place] / 2;
        return new Shape(sizes);
    }

    /// <summary>The neighbouring axes of an activation.</summary>
    /// <exception cref="Keras2DmlException">The axes are not neighbours.</exception>
    public static AxisGroup Group(string name, IReadOnlyList<int> axes, Shape shape) => AxisGroup.Of(shape, axes) ??
        throw NetworkErrors.InputShape.At(null, name, $"neighbouring axes without the batch, not ({string.Join(", ", axes)}),", shape);

    // (outer, K, inner) -> (outer, inner, K), the function, and back.
    private static LayerMeaning AtTheEnd(string name, AxisGroup group, FunctionPair functions, Shape shape, Shape result)
    {
        if (group.Inner == 1)
        {
            return functions;
        }

        int size = group.Size * result.Elements / shape.Elements;
        return new Expansion(builder =>
        {
            ExpansionTensor moved = builder.Apply(new SwapAxes(group.Outer, group.Size, group.Inner, 1, new Shape(group.Outer, group.Inner, group.Size)), builder.Input())[0];
            ExpansionTensor computed = builder.Apply(new FunctionStep(name, functions, new Shape(group.Outer, group.Inner, size)), moved)[0];
            return builder.Apply(new SwapAxes(group.Outer, group.Inner, size, 1, result), computed);
        });
    }
}
