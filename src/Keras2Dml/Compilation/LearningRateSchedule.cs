using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml;

/// <summary>A learning rate that depends on the number of updates. Keras: <c>keras.optimizers.schedules.LearningRateSchedule</c>.</summary>
public class LearningRateSchedule
{
    private readonly string className;
    private readonly JsonObject arguments;

    private protected LearningRateSchedule(string className, JsonObject arguments)
    {
        this.className = className;
        this.arguments = arguments;
        _ = KerasObjects.Create(ObjectKind.Schedule, className, arguments);
    }

    /// <summary>Keras's class name.</summary>
    public string ClassName => className;

    /// <summary>A schedule by Keras's name.</summary>
    /// <param name="name">Class name: <c>ExponentialDecay</c>, <c>CosineDecay</c>, ...</param>
    /// <param name="arguments">Arguments by Keras's names: <c>("decay_steps", 100)</c>. Values: numbers, texts, truth values, lists of them.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="Keras2DmlException">No such schedule or argument, or a value of the wrong kind.</exception>
    public static LearningRateSchedule Named(string name, params (string Name, object? Value)[] arguments) => new(name, KerasObjects.Arguments(arguments));

    internal JsonObject Serialize() => KerasObjects.Serialize(ObjectKind.Schedule, className, arguments);
}

/// <summary><c>initial * rate ^ (step / steps)</c>. Keras: <c>ExponentialDecay</c>.</summary>
/// <param name="initialLearningRate">Keras: <c>initial_learning_rate</c>.</param>
/// <param name="decaySteps">Updates. Keras: <c>decay_steps</c>.</param>
/// <param name="decayRate">Keras: <c>decay_rate</c>.</param>
/// <param name="staircase">Decay at whole multiples of <paramref name="decaySteps"/> only. Keras: <c>staircase</c>.</param>
public sealed class ExponentialDecay(double initialLearningRate, int decaySteps, double decayRate, bool staircase = false)
    : LearningRateSchedule("ExponentialDecay", new JsonObject { ["initial_learning_rate"] = initialLearningRate, ["decay_steps"] = decaySteps, ["decay_rate"] = decayRate, ["staircase"] = staircase });

/// <summary>A polynomial from the initial rate to the end rate. Keras: <c>PolynomialDecay</c>.</summary>
/// <param name="initialLearningRate">Keras: <c>initial_learning_rate</c>.</param>
/// <param name="decaySteps">Updates. Keras: <c>decay_steps</c>.</param>
/// <param name="endLearningRate">Keras: <c>end_learning_rate</c>.</param>
/// <param name="power">Keras: <c>power</c>.</param>
/// <param name="cycle">Start again beyond <paramref name="decaySteps"/>. Keras: <c>cycle</c>.</param>
public sealed class PolynomialDecay(double initialLearningRate, int decaySteps, double endLearningRate = 0.0001, double power = 1, bool cycle = false)
    : LearningRateSchedule("PolynomialDecay", new JsonObject
    {
        ["initial_learning_rate"] = initialLearningRate, ["decay_steps"] = decaySteps, ["end_learning_rate"] = endLearningRate, ["power"] = power, ["cycle"] = cycle,
    });

/// <summary><c>initial / (1 + rate * step / steps)</c>. Keras: <c>InverseTimeDecay</c>.</summary>
/// <param name="initialLearningRate">Keras: <c>initial_learning_rate</c>.</param>
/// <param name="decaySteps">Updates. Keras: <c>decay_steps</c>.</param>
/// <param name="decayRate">Keras: <c>decay_rate</c>.</param>
/// <param name="staircase">Decay at whole multiples of <paramref name="decaySteps"/> only. Keras: <c>staircase</c>.</param>
public sealed class InverseTimeDecay(double initialLearningRate, int decaySteps, double decayRate, bool staircase = false)
    : LearningRateSchedule("InverseTimeDecay", new JsonObject { ["initial_learning_rate"] = initialLearningRate, ["decay_steps"] = decaySteps, ["decay_rate"] = decayRate, ["staircase"] = staircase });

/// <summary>A rate for each range of updates. Keras: <c>PiecewiseConstantDecay</c>.</summary>
/// <param name="boundaries">Last update of each range but the last. Keras: <c>boundaries</c>.</param>
/// <param name="values">Rate of each range: one more than boundaries. Keras: <c>values</c>.</param>
public sealed class PiecewiseConstantDecay(IReadOnlyList<int> boundaries, IReadOnlyList<double> values)
    : LearningRateSchedule("PiecewiseConstantDecay", KerasObjects.Arguments([("boundaries", boundaries), ("values", values)]));

/// <summary>Half a cosine, after an optional warm-up. Keras: <c>CosineDecay</c>. Source: Loshchilov and Hutter, 2016.</summary>
/// <param name="initialLearningRate">Keras: <c>initial_learning_rate</c>.</param>
/// <param name="decaySteps">Updates. Keras: <c>decay_steps</c>.</param>
/// <param name="alpha">Smallest rate as a fraction of the initial one. Keras: <c>alpha</c>.</param>
/// <param name="warmupTarget">Rate at the end of the warm-up; null for none. Keras: <c>warmup_target</c>.</param>
/// <param name="warmupSteps">Updates of the warm-up. Keras: <c>warmup_steps</c>.</param>
public sealed class CosineDecay(double initialLearningRate, int decaySteps, double alpha = 0, double? warmupTarget = null, int warmupSteps = 0)
    : LearningRateSchedule("CosineDecay", KerasObjects.Arguments(
        [("initial_learning_rate", initialLearningRate), ("decay_steps", decaySteps), ("alpha", alpha), ("warmup_target", warmupTarget), ("warmup_steps", warmupSteps)]));
