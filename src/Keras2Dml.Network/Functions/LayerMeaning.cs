using System.Globalization;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Network.Functions;

/// <summary>What a layer computes: <see cref="FunctionPair"/>, <see cref="Expansion"/> or <see cref="PassThrough"/>.</summary>
internal abstract record LayerMeaning;

/// <summary>The output is the input (Identity, InputLayer).</summary>
internal sealed record PassThrough : LayerMeaning;

/// <summary>A chain or small graph of simpler layers in place of this one, made by a lowering pass.</summary>
/// <param name="Build">Adds the simpler layers through the builder and returns the outputs.</param>
internal sealed record Expansion(Func<ExpansionBuilder, IReadOnlyList<ExpansionTensor>> Build) : LayerMeaning;

/// <summary>The pair of DML functions <c>forward</c> and <c>backward</c> of a file of the DML library, with what to pass and what comes back.</summary>
/// <remarks>
/// The contract between a definition and code generation. Tensors are matrices N x (product of the rest).
/// Arguments are passed in the order of the lists; results are named in the order of the function's results.
/// </remarks>
internal sealed record FunctionPair : LayerMeaning
{
    /// <summary>File in the library without root and ending: <c>layers/dense</c>, <c>activations/relu</c>.</summary>
    public required string File { get; init; }

    public string ForwardName { get; init; } = "forward";

    public string BackwardName { get; init; } = "backward";

    public required IReadOnlyList<Operand> ForwardArguments { get; init; }

    public required IReadOnlyList<Result> ForwardResults { get; init; }

    /// <summary>Empty together with <see cref="BackwardResults"/> when no gradient passes (integer inputs, masks).</summary>
    public IReadOnlyList<Operand> BackwardArguments { get; init; } = [];

    public IReadOnlyList<Result> BackwardResults { get; init; } = [];

    /// <summary>For gradients that are sums of rows (<see cref="Result.SquaredRows"/>): the function with the arguments of backward that adds up the sizes of the single rows.</summary>
    public string? RowSizesName { get; init; }

    /// <summary>Order of the cells that the functions expect of their inputs and give to their outputs.</summary>
    public LayoutRule Layout { get; init; } = LayoutRule.Keras;

    /// <summary>True when the training result differs from inference (dropout, batch normalization): <see cref="Operand.Training"/> or own functions.</summary>
    public bool DependsOnTraining { get; init; }

    /// <summary>How many random draws forward makes in training: by so much the layer's counter grows with each call.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>Non-trainable variables whose new value is an output of the layer (states that are returned as well): output by variable.</summary>
    public IReadOnlyDictionary<string, int> StatesFromOutputs { get; init; } = new Dictionary<string, int>();

    /// <summary>True when the counter grows at inference as well (recurrent dropout: Keras draws its masks in every call).</summary>
    public bool DrawsAtInference { get; init; }

    /// <summary>For layers that are the identity at inference (Dropout): prediction passes the input through without a call.</summary>
    public bool IdentityAtInference { get; init; }
}

/// <summary>Order of the cells of a row.</summary>
internal enum LayoutRule
{
    /// <summary>Keras's own order of axes, flattened row-major.</summary>
    Keras,

    /// <summary>Channels first (C, H, W), whatever data_format says; for data_format channels_last a permutation is inserted where needed.</summary>
    ChannelsFirst,

    /// <summary>Any order, the same for all inputs and outputs (elementwise functions).</summary>
    Any,
}

/// <summary>An argument of a library function.</summary>
internal abstract record Operand
{
    /// <summary>Input i of the layer (of the keyword inputs, initial states follow the inputs).</summary>
    public static Operand Input(int index = 0) => new InputOperand(index);

    /// <summary>Output i of forward, kept for backward.</summary>
    public static Operand Output(int index = 0) => new OutputOperand(index);

    /// <summary>The gradient of output i.</summary>
    public static Operand OutputGradient(int index = 0) => new OutputGradientOperand(index);

    /// <summary>A variable of the layer, by <see cref="Graph.ParameterSpec.Name"/>, in its DML layout.</summary>
    public static Operand Parameter(string name) => new ParameterOperand(name);

    /// <summary>A named result of forward kept for backward.</summary>
    public static Operand Cache(string name) => new CacheOperand(name);

    /// <summary>The mask of the first input: N x T of 0/1. Only when <see cref="LayerContext.HasMask"/>.</summary>
    public static Operand Mask { get; } = new MaskOperand();

    /// <summary>TRUE in training, FALSE at inference.</summary>
    public static Operand Training { get; } = new TrainingOperand();

    /// <summary>The layer's seed as a number.</summary>
    public static Operand Seed { get; } = new SeedOperand();

    /// <summary>The layer's draw counter as a number, before this call.</summary>
    public static Operand Counter { get; } = new CounterOperand();

    public static Operand Int(long value) => new LiteralOperand(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A double literal that reads back to the same value and is a double in DML.</summary>
    public static Operand Double(double value) => new LiteralOperand(DmlText.Double(value));

    public static Operand Bool(bool value) => new LiteralOperand(value ? "TRUE" : "FALSE");

    /// <summary>A matrix of one value, in place of a variable that the layer does without.</summary>
    public static Operand Filled(double value, int rows, int columns) =>
        new LiteralOperand(string.Create(CultureInfo.InvariantCulture, $"matrix({value}, rows={rows}, cols={columns})"));

    /// <summary>Given numbers as one row.</summary>
    public static Operand Row(IReadOnlyList<double> values) =>
        new LiteralOperand($"matrix(\"{string.Join(' ', values.Select(DmlText.Double))}\", rows=1, cols={values.Count.ToString(CultureInfo.InvariantCulture)})");

    public static Operand String(string value) => new LiteralOperand("\"" + value + "\"");
}

internal sealed record InputOperand(int Index) : Operand;

internal sealed record OutputOperand(int Index) : Operand;

internal sealed record OutputGradientOperand(int Index) : Operand;

internal sealed record ParameterOperand(string Name) : Operand;

internal sealed record CacheOperand(string Name) : Operand;

internal sealed record MaskOperand : Operand;

internal sealed record TrainingOperand : Operand;

internal sealed record SeedOperand : Operand;

internal sealed record CounterOperand : Operand;

/// <summary>Text that stands in the script as it is.</summary>
internal sealed record LiteralOperand(string Text) : Operand;

/// <summary>A result of a library function.</summary>
internal abstract record Result
{
    public static Result Output(int index = 0) => new OutputResult(index);

    /// <summary>Kept for backward under a name.</summary>
    public static Result Cache(string name) => new CacheResult(name);

    /// <summary>New value of a non-trainable variable (moving statistics, states); taken over in training.</summary>
    public static Result StateUpdate(string parameter) => new StateUpdateResult(parameter);

    /// <summary>The mask that the layer makes.</summary>
    public static Result Mask { get; } = new MaskResult();

    /// <summary>Gradient of input i.</summary>
    public static Result InputGradient(int index = 0) => new InputGradientResult(index);

    /// <summary>Gradient of a variable in its DML layout.</summary>
    public static Result ParameterGradient(string name) => new ParameterGradientResult(name);

    /// <summary>
    /// For a gradient that is a sum of rows which may repeat (embeddings): the squares of the single rows, added up. It follows the gradient itself;
    /// adaptive optimizers take it in place of the squared gradient, as Keras on TensorFlow does.
    /// </summary>
    public static Result SquaredRows(string name) => new SquaredRowsResult(name);

    /// <summary>Not used by anyone.</summary>
    public static Result Ignored(string name) => new IgnoredResult(name);
}

internal sealed record OutputResult(int Index) : Result;

internal sealed record CacheResult(string Name) : Result;

internal sealed record StateUpdateResult(string Parameter) : Result;

internal sealed record MaskResult : Result;

internal sealed record InputGradientResult(int Index) : Result;

internal sealed record ParameterGradientResult(string Name) : Result;

internal sealed record SquaredRowsResult(string Name) : Result;

internal sealed record IgnoredResult(string Name) : Result;

/// <summary>A tensor inside an expansion.</summary>
internal readonly record struct ExpansionTensor(int Id);

/// <summary>Collects the simpler layers that stand for one layer.</summary>
internal abstract class ExpansionBuilder
{
    /// <summary>Input i of the layer that is expanded.</summary>
    public abstract ExpansionTensor Input(int index = 0);

    /// <summary>The mask of the call: its mask argument, or what the first input carries; only where <see cref="LayerContext.HasMask"/> says so.</summary>
    public abstract ExpansionTensor Mask { get; }

    /// <summary>The mask that input i carries; only where <see cref="LayerContext.InputMasks"/> says so.</summary>
    public abstract ExpansionTensor InputMask(int index);

    /// <summary>Applies a simpler layer. Its variables are those of the expanded layer, found by name.</summary>
    public abstract IReadOnlyList<ExpansionTensor> Apply(Layer layer, params ExpansionTensor[] inputs);
}
