using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Activations;

/// <summary>The rectified linear units of Keras, by their arguments.</summary>
internal static class ReluFunctions
{
    /// <summary>Functions of <c>relu(x, negative_slope, max_value, threshold)</c>, chosen as Keras does (keras/src/ops/nn.py, class ReLU): they differ in the gradient at the kinks.</summary>
    public static FunctionPair Of(double slope, double? maximum, double threshold) => (slope, maximum, threshold) switch
    {
        (0, null, 0) => LayerFunctions.OfInput("activations/relu", LayoutRule.Any),
        (0, null, _) => LayerFunctions.OfInput("activations/threshold", LayoutRule.Any, "", Operand.Double(threshold), Operand.Double(0)),
        (0, 6, 0) => LayerFunctions.OfInput("activations/relu6", LayoutRule.Any),
        (_, 6, 0) => LayerFunctions.OfInput("activations/relu6", LayoutRule.Any, "_sloped", Operand.Double(slope)),
        (_, null, 0) => Leaky(slope),
        (_, null, _) => LayerFunctions.OfInput("activations/relu", LayoutRule.Any, "_sloped", Operand.Double(slope), Operand.Double(threshold)),
        _ => LayerFunctions.OfInput("activations/relu", LayoutRule.Any, "_clipped", Operand.Double(slope), Operand.Double(maximum.Value), Operand.Double(threshold)),
    };

    /// <summary>Leaky ReLU. TensorFlow's kernel takes the slope as a float32 number, also for doubles.</summary>
    public static FunctionPair Leaky(double slope) => LayerFunctions.OfInput("activations/leaky_relu", LayoutRule.Any, "", Operand.Double((float)slope));
}
