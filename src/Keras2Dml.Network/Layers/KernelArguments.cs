using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers;

/// <summary>Arguments of layers that multiply by a kernel, add a bias and apply an activation.</summary>
internal static class KernelArguments
{
    public static IReadOnlyList<Argument> All { get; } =
    [
        Argument.Activation(),
        Argument.Bool("use_bias", true),
        Argument.Initializer("kernel_initializer", "glorot_uniform"),
        Argument.Initializer("bias_initializer", "zeros"),
        Argument.Regularizer("kernel_regularizer"),
        Argument.Regularizer("bias_regularizer"),
        Argument.Constraint("kernel_constraint"),
        Argument.Constraint("bias_constraint"),
    ];
}
