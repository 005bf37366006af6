using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Normalization;

/// <summary>Normalises channels over the batch. Keras: keras.layers.BatchNormalization; Caffe: BatchNorm and Scale.</summary>
internal sealed class BatchNormalization(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "BatchNormalization", [],
        [
            .. CommonArguments,
            Argument.Ints("axis", -1),
            Argument.Double("momentum", 0.99),
            Argument.Double("epsilon", 1e-3),
            Argument.Bool("center", true),
            Argument.Bool("scale", true),
            Argument.Initializer("beta_initializer", "zeros"),
            Argument.Initializer("gamma_initializer", "ones"),
            Argument.Initializer("moving_mean_initializer", "zeros"),
            Argument.Initializer("moving_variance_initializer", "ones"),
            Argument.Regularizer("beta_regularizer"),
            Argument.Regularizer("gamma_regularizer"),
            Argument.Constraint("beta_constraint"),
            Argument.Constraint("gamma_constraint"),
            Argument.Bool("synchronized", false),
            Argument.Bool("renorm", false),
            Argument.Any("renorm_clipping", check: Clipping),
            Argument.Double("renorm_momentum", 0.99),
        ]),
        config => new BatchNormalization(config));

    private bool Center => Config.Bool("center");

    private bool Scale => Config.Bool("scale");

    private bool Renorm => Config.Bool("renorm");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> InferParameters(IReadOnlyList<TensorSpec> inputs)
    {
        int channels = Channels(inputs[0].Shape);
        var parameters = new List<ParameterSpec>();
        void Add(string name, bool trainable, string? initializer, KerasObject? regularizer = null, KerasObject? constraint = null) => parameters.Add(new ParameterSpec
        {
            Name = name, Index = parameters.Count, Shape = [channels], Storage = MatrixStorage.Row(channels), Trainable = trainable,
            Initializer = initializer is null ? null : Config.Object(initializer), Regularizer = regularizer, Constraint = constraint,
        });
        if (Scale)
        {
            Add("gamma", true, "gamma_initializer", Config.Object("gamma_regularizer"), Config.Object("gamma_constraint"));
        }

        if (Center)
        {
            Add("beta", true, "beta_initializer", Config.Object("beta_regularizer"), Config.Object("beta_constraint"));
        }

        Add("moving_mean", false, "moving_mean_initializer");
        Add("moving_variance", false, "moving_variance_initializer");
        if (Renorm)
        {
            Add("moving_stddev", false, "moving_variance_initializer");
            Add("renorm_mean", false, "moving_mean_initializer");
            Add("renorm_stddev", false, "moving_variance_initializer");
        }

        return parameters;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        Channels(inputs[0].Shape);
        return [new TensorSpec(ElementType.Float32, inputs[0].Shape)];
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        Shape shape = context.Inputs[0].Shape;
        int channels = Channels(shape);
        if (Renorm && context.HasMask)
        {
            throw NetworkErrors.WrongValue.At(Place, ClassName, "renorm", "false when there is a mask", true);
        }

        // Images are computed channels first; other tensors in their own order.
        bool isImage = shape.Rank == 3 && Axis(shape) == 2;
        int inner = isImage ? shape.Elements / channels : AxisGroup.Of(shape, Config.Ints("axis"))!.Value.Inner;
        Operand[] statistics = [Operand.Int(channels), Operand.Int(inner), context.Node.Layer.Trainable && Trainable ? Operand.Training : Operand.Bool(false)];
        Operand[] constants = [Operand.Double(Config.Double("momentum")), Operand.Double(Config.Double("epsilon"))];
        Operand gamma = Scale ? Operand.Parameter("gamma") : Operand.Filled(1, 1, channels);
        Operand beta = Center ? Operand.Parameter("beta") : Operand.Filled(0, 1, channels);
        Operand[] data = context.HasMask ? [Operand.Input(), Operand.Mask] : [Operand.Input()];
        string variant = Renorm ? "_renorm" : context.HasMask ? "_masked" : "";
        string[] moving = Renorm ? ["moving_mean", "moving_variance", "moving_stddev", "renorm_mean", "renorm_stddev"] : ["moving_mean", "moving_variance"];
        string[] caches = Renorm ? ["mean", "inv_std", "r", "d"] : ["mean", "inv_std"];
        return new FunctionPair
        {
            File = "layers/batch_normalization",
            ForwardName = "forward" + variant,
            BackwardName = "backward" + variant,
            ForwardArguments = [.. data, gamma, beta, .. moving.Select(Operand.Parameter), .. statistics, .. constants, .. Renorm ? RenormConstants() : []],
            ForwardResults = [Result.Output(), .. moving.Select(Result.StateUpdate), .. caches.Select(Result.Cache)],
            BackwardArguments = [Operand.OutputGradient(), .. data, gamma, .. caches.Select(Operand.Cache), .. statistics],
            BackwardResults =
            [
                Result.InputGradient(), Scale ? Result.ParameterGradient("gamma") : Result.Ignored("dgamma"), Center ? Result.ParameterGradient("beta") : Result.Ignored("dbeta"),
            ],
            Layout = isImage && !context.HasMask ? LayoutRule.ChannelsFirst : isImage ? throw NetworkErrors.InputShape.At(Place, ClassName, "a sequence when there is a mask", shape) : LayoutRule.Keras,
            DependsOnTraining = true,
        };
    }

    private static string? Clipping(object? value) => value is null || (value is Dictionary<string, object?> d && d.Keys.All(k => k is "rmin" or "rmax" or "dmax") && d.Values.All(v => v is null or long or double))
        ? null : "null or an object of rmin, rmax and dmax";

    /// <summary>renorm_momentum, rmin, rmax, dmax; what is not given does not limit.</summary>
    private IEnumerable<Operand> RenormConstants()
    {
        var given = Config.Values["renorm_clipping"] as Dictionary<string, object?>;
        double Limit(string name, double none) => given?.GetValueOrDefault(name) switch { long l => l, double d => d, _ => none };
        return new[] { Config.Double("renorm_momentum"), Limit("rmin", 0), Limit("rmax", double.MaxValue), Limit("dmax", double.MaxValue) }.Select(Operand.Double);
    }

    private int Axis(Shape shape) => AxisGroup.WithoutBatch(shape, Config.Ints("axis") is [var axis] ? axis
        : throw NetworkErrors.WrongValue.At(Place, ClassName, "axis", "one axis", "[" + string.Join(", ", Config.Ints("axis")) + "]"));

    private int Channels(Shape shape)
    {
        int axis = Axis(shape);
        return axis < 0 || axis >= shape.Rank || shape[axis] == Shape.Unknown
            ? throw NetworkErrors.InputShape.At(Place, ClassName, $"a known size of axis {Config.Ints("axis")[0]}", shape)
            : shape[axis];
    }
}
