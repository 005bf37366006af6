using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>What Conv2D and Conv2DTranspose have in common: declared arguments, variables, and the window per axis.</summary>
internal static class ConvolutionArguments
{
    /// <summary>Arguments of both, without <c>groups</c> and <c>output_padding</c>.</summary>
    public static IReadOnlyList<Argument> Common { get; } =
    [
        .. Layer.CommonArguments,
        Argument.RequiredInt("filters"),
        Argument.IntTuple("kernel_size", 2, null),
        Argument.IntTuple("strides", 2, 1),
        Argument.Text("padding", "valid", "valid", "same"),
        ImageShape.DataFormat,
        Argument.IntTuple("dilation_rate", 2, 1),
        .. KernelArguments.All,
    ];

    /// <summary>The window of an axis: 0 for height, 1 for width.</summary>
    public static Window Window(KerasObject config, int axis) => new(
        config.Ints("kernel_size")[axis], config.Ints("strides")[axis], config.Ints("dilation_rate")[axis], config.String("padding") == "same");

    /// <summary>Refuses strides together with dilation, as Keras does.</summary>
    public static void CheckStridesAndDilation(Layer layer)
    {
        if (layer.Config.Ints("strides").Any(s => s > 1) && layer.Config.Ints("dilation_rate").Any(d => d > 1))
        {
            throw NetworkErrors.WrongValue.At(layer.Place, layer.ClassName, "dilation_rate", "1 when strides are above 1",
                "[" + string.Join(", ", layer.Config.Ints("dilation_rate")) + "]");
        }
    }

    /// <summary>Kernel (R, S, a, b) stored as b x (a*R*S), and bias (F) stored as F x 1.</summary>
    public static IReadOnlyList<ParameterSpec> Parameters(KerasObject config, int third, int fourth)
    {
        int[] size = config.Ints("kernel_size");
        int filters = config.Int("filters");
        var kernel = new ParameterSpec
        {
            Name = "kernel", Index = 0, Shape = [size[0], size[1], third, fourth],
            Storage = new MatrixStorage([3, 2, 0, 1], fourth, checked(third * size[0] * size[1])),
            Initializer = config.Object("kernel_initializer"), Regularizer = config.Object("kernel_regularizer"), Constraint = config.Object("kernel_constraint"),
        };
        return !config.Bool("use_bias") ? [kernel] :
        [
            kernel,
            new ParameterSpec
            {
                Name = "bias", Index = 1, Shape = [filters], Storage = MatrixStorage.Column(filters),
                Initializer = config.Object("bias_initializer"), Regularizer = config.Object("bias_regularizer"), Constraint = config.Object("bias_constraint"),
            },
        ];
    }

    /// <summary>
    /// Ending of the functions' names. Keras on TensorFlow tries the last axis first when it adds a bias, so channels_first images with as many columns
    /// as filters get one bias per column (keras/src/backend/tensorflow/numpy.py, add).
    /// </summary>
    public static string FunctionSuffix(KerasObject config, int outputWidth) =>
        ImageShape.IsChannelsFirst(config) && config.Bool("use_bias") && config.Int("filters") is > 1 and int filters && filters == outputWidth ? "_width_bias" : "";

    /// <summary>The bias, or zeros without one.</summary>
    public static Operand Bias(KerasObject config) =>
        config.Bool("use_bias") ? Operand.Parameter("bias") : new LiteralOperand($"matrix(0, rows={config.Int("filters")}, cols=1)");

    /// <summary>The bias's gradient, not used without one.</summary>
    public static Result BiasGradient(KerasObject config) =>
        config.Bool("use_bias") ? Result.ParameterGradient("bias") : Result.Ignored("dbias");
}
