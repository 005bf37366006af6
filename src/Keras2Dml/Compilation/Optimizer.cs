using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml;

/// <summary>An optimizer with its arguments. Keras: <c>keras.optimizers.Optimizer</c>.</summary>
public class Optimizer
{
    private readonly string className;
    private readonly JsonObject arguments;
    private readonly LearningRateSchedule? schedule;
    private KerasObject? config;

    internal Optimizer(KerasObject config)
    {
        this.config = config;
        className = config.ClassName;
        arguments = [];
    }

    private protected Optimizer(string className, JsonObject arguments)
    {
        this.className = className;
        this.arguments = arguments;
    }

    /// <summary>Keras's class name.</summary>
    public string ClassName => Config.ClassName;

    /// <summary>A learning rate that depends on the number of updates, in place of a plain one. Keras: <c>learning_rate</c>.</summary>
    /// <value>The schedule, or null.</value>
    public LearningRateSchedule? Schedule
    {
        get => schedule;
        init
        {
            schedule = value;
            if (value is not null)
            {
                arguments["learning_rate"] = value.Serialize();
            }
        }
    }

    /// <summary>Decoupled weight decay. Keras: <c>weight_decay</c>.</summary>
    public double? WeightDecay { get => Number("weight_decay"); init => arguments["weight_decay"] = value; }

    /// <summary>Largest L2 norm of each variable's gradient. Keras: <c>clipnorm</c>.</summary>
    public double? ClipNorm { get => Number("clipnorm"); init => arguments["clipnorm"] = value; }

    /// <summary>Largest absolute value of a gradient's cell. Keras: <c>clipvalue</c>.</summary>
    public double? ClipValue { get => Number("clipvalue"); init => arguments["clipvalue"] = value; }

    /// <summary>Largest L2 norm of all gradients together. Keras: <c>global_clipnorm</c>.</summary>
    public double? GlobalClipNorm { get => Number("global_clipnorm"); init => arguments["global_clipnorm"] = value; }

    /// <summary>Keep an exponential moving average of the weights. Keras: <c>use_ema</c>.</summary>
    public bool UseEma { get => Config.Values.GetValueOrDefault("use_ema") is true; init => arguments["use_ema"] = value; }

    /// <summary>Keras: <c>ema_momentum</c>.</summary>
    public double? EmaMomentum { get => Number("ema_momentum"); init => arguments["ema_momentum"] = value; }

    /// <summary>Updates after which the averages replace the weights; without it once, when training ends. Keras: <c>ema_overwrite_frequency</c>.</summary>
    public int? EmaOverwriteFrequency { get => (int?)Number("ema_overwrite_frequency"); init => arguments["ema_overwrite_frequency"] = value; }

    /// <summary>Batches whose gradients are averaged for one update. Keras: <c>gradient_accumulation_steps</c>.</summary>
    public int? GradientAccumulationSteps { get => (int?)Number("gradient_accumulation_steps"); init => arguments["gradient_accumulation_steps"] = value; }

    internal KerasObject Config => config ??= KerasObjects.Create(ObjectKind.Optimizer, className, arguments);

    /// <summary>An optimizer by Keras's name, with a learning rate.</summary>
    /// <param name="name">Class name or alias: <c>adam</c>, <c>SGD</c>, ...</param>
    /// <param name="learningRate">Keras: <c>learning_rate</c>.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="Keras2DmlException">No such optimizer.</exception>
    public static Optimizer Named(string name, double learningRate) => Named(name, ("learning_rate", KerasObjects.Rate(learningRate)));

    /// <summary>An optimizer by Keras's name, with arguments.</summary>
    /// <param name="name">Class name or alias: <c>adam</c>, <c>SGD</c>, ...</param>
    /// <param name="arguments">Arguments by Keras's names: <c>("momentum", 0.9)</c>. Values: numbers, texts, truth values, lists of them, a <see cref="LearningRateSchedule"/>.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="Keras2DmlException">No such optimizer or argument, or a value of the wrong kind.</exception>
    public static Optimizer Named(string name, params (string Name, object? Value)[] arguments) =>
        new(KerasObjects.Create(ObjectKind.Optimizer, name, KerasObjects.Arguments(arguments)));

    private double? Number(string argument) => Config.Values.GetValueOrDefault(argument) switch
    {
        double d => d,
        long n => n,
        _ => null,
    };
}

/// <summary>Gradient descent with momentum. Keras: <c>keras.optimizers.SGD</c>; Caffe: SGD, Nesterov.</summary>
/// <param name="learningRate">Keras: <c>learning_rate</c>.</param>
/// <param name="momentum">Keras: <c>momentum</c>.</param>
/// <param name="nesterov">Keras: <c>nesterov</c>.</param>
public sealed class Sgd(double learningRate = 0.01, double momentum = 0, bool nesterov = false)
    : Optimizer("SGD", new JsonObject { ["learning_rate"] = KerasObjects.Rate(learningRate), ["momentum"] = momentum, ["nesterov"] = nesterov });

/// <summary>Adam. Keras: <c>keras.optimizers.Adam</c>. Source: Kingma and Ba, 2014.</summary>
/// <param name="learningRate">Keras: <c>learning_rate</c>.</param>
/// <param name="beta1">Keras: <c>beta_1</c>.</param>
/// <param name="beta2">Keras: <c>beta_2</c>.</param>
/// <param name="epsilon">Keras: <c>epsilon</c>.</param>
/// <param name="amsgrad">Keras: <c>amsgrad</c>.</param>
public sealed class Adam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false)
    : Optimizer("Adam", new JsonObject { ["learning_rate"] = KerasObjects.Rate(learningRate), ["beta_1"] = beta1, ["beta_2"] = beta2, ["epsilon"] = epsilon, ["amsgrad"] = amsgrad });

/// <summary>Adam with decoupled weight decay. Keras: <c>keras.optimizers.AdamW</c>. Source: Loshchilov and Hutter, 2019.</summary>
/// <param name="learningRate">Keras: <c>learning_rate</c>.</param>
/// <param name="weightDecay">Keras: <c>weight_decay</c>.</param>
public sealed class AdamW(double learningRate = 0.001, double weightDecay = 0.004)
    : Optimizer("AdamW", new JsonObject { ["learning_rate"] = KerasObjects.Rate(learningRate), ["weight_decay"] = weightDecay });

/// <summary>RMSprop. Keras: <c>keras.optimizers.RMSprop</c>.</summary>
/// <param name="learningRate">Keras: <c>learning_rate</c>.</param>
/// <param name="rho">Keras: <c>rho</c>.</param>
/// <param name="momentum">Keras: <c>momentum</c>.</param>
/// <param name="centered">Keras: <c>centered</c>.</param>
public sealed class RMSprop(double learningRate = 0.001, double rho = 0.9, double momentum = 0, bool centered = false)
    : Optimizer("RMSprop", new JsonObject { ["learning_rate"] = KerasObjects.Rate(learningRate), ["rho"] = rho, ["momentum"] = momentum, ["centered"] = centered });

/// <summary>Adagrad. Keras: <c>keras.optimizers.Adagrad</c>; Caffe: AdaGrad. Source: Duchi et al., 2011.</summary>
/// <param name="learningRate">Keras: <c>learning_rate</c>.</param>
public sealed class Adagrad(double learningRate = 0.001)
    : Optimizer("Adagrad", new JsonObject { ["learning_rate"] = KerasObjects.Rate(learningRate) });

/// <summary>A loss with its arguments. Keras: <c>keras.losses.Loss</c>.</summary>
public sealed class Loss
{
    internal Loss(KerasObject config)
    {
        Config = config;
    }

    /// <summary>Keras's name.</summary>
    public string ClassName => Config.ClassName;

    internal KerasObject Config { get; }

    /// <summary>A loss by Keras's name.</summary>
    /// <param name="name">Class or function name or alias: <c>mse</c>, <c>categorical_crossentropy</c>, ...</param>
    /// <param name="arguments">Arguments by Keras's names: <c>("label_smoothing", 0.1)</c>; the others have Keras's defaults. Values: numbers, texts, truth values, lists of them.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="Keras2DmlException">No such loss or argument, or a value of the wrong kind.</exception>
    public static Loss Named(string name, params (string Name, object? Value)[] arguments) => new(KerasObjects.Create(ObjectKind.Loss, name, KerasObjects.Arguments(arguments)));
}

/// <summary>The common losses.</summary>
public static class Losses
{
    /// <summary>Crossentropy of one-hot targets. Keras: <c>categorical_crossentropy</c>.</summary>
    public static Loss CategoricalCrossentropy => Loss.Named("categorical_crossentropy");

    /// <summary>Crossentropy of integer labels. Keras: <c>sparse_categorical_crossentropy</c>.</summary>
    public static Loss SparseCategoricalCrossentropy => Loss.Named("sparse_categorical_crossentropy");

    /// <summary>Crossentropy of 0/1 targets. Keras: <c>binary_crossentropy</c>.</summary>
    public static Loss BinaryCrossentropy => Loss.Named("binary_crossentropy");

    /// <summary>Mean squared error. Keras: <c>mean_squared_error</c>.</summary>
    public static Loss MeanSquaredError => Loss.Named("mean_squared_error");

    /// <summary>Mean absolute error. Keras: <c>mean_absolute_error</c>.</summary>
    public static Loss MeanAbsoluteError => Loss.Named("mean_absolute_error");
}

/// <summary>A metric with its arguments. Keras: <c>keras.metrics.Metric</c>.</summary>
public sealed class Metric
{
    internal Metric(KerasObject config)
    {
        Config = config;
    }

    /// <summary>Keras's name.</summary>
    public string ClassName => Config.ClassName;

    internal KerasObject Config { get; }

    /// <summary>A metric by Keras's name.</summary>
    /// <param name="name">Class or function name or alias: <c>mse</c>, <c>accuracy</c>, ...</param>
    /// <param name="arguments">Arguments by Keras's names: <c>("k", 3)</c>; the others have Keras's defaults. Values: numbers, texts, truth values, lists of them.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="Keras2DmlException">No such metric or argument, or a value of the wrong kind.</exception>
    public static Metric Named(string name, params (string Name, object? Value)[] arguments) => new(KerasObjects.Create(ObjectKind.Metric, name, KerasObjects.Arguments(arguments)));
}

/// <summary>The common metrics.</summary>
public static class Metrics
{
    /// <summary>Fraction of right answers; binary, categorical or sparse by the shapes. Keras: <c>accuracy</c>.</summary>
    public static Metric Accuracy => Metric.Named("accuracy");

    /// <summary>Mean squared error. Keras: <c>mean_squared_error</c>.</summary>
    public static Metric MeanSquaredError => Metric.Named("mean_squared_error");

    /// <summary>Mean absolute error. Keras: <c>mean_absolute_error</c>.</summary>
    public static Metric MeanAbsoluteError => Metric.Named("mean_absolute_error");
}
