using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers;

/// <summary>A layer definition: the only place that knows a Keras layer. One class in one file, one line in <see cref="LayerTable"/>.</summary>
internal abstract class Layer(KerasObject config)
{
    /// <summary>Arguments that every Keras layer has; the last ones only say what the layer's input was and are kept for old files.</summary>
    public static IReadOnlyList<Argument> CommonArguments { get; } =
    [
        Argument.Text("name", null), Argument.Bool("trainable", true), new Argument("dtype", ArgumentType.DataType, null), Argument.Bool("autocast", true),
        Argument.Regularizer("activity_regularizer"),
        Argument.Any("quantization_config", check: v => v is null ? null : "null (quantized layers are not supported)"),
        Argument.Any("batch_input_shape"), Argument.Any("batch_shape"), Argument.Any("input_shape"), Argument.Any("input_dtype"),
    ];

    public KerasObject Config { get; } = config;

    public string ClassName => Config.ClassName;

    public string Name => Config.OptionalString("name") ?? ClassName;

    /// <summary>The layer in messages: <c>layer 'dense' (Dense)</c>.</summary>
    public string Place => $"layer '{Name}' ({ClassName})";

    public bool Trainable => Config.Bool("trainable");

    /// <summary>Penalty on every output that counts to the loss; null for none. It is divided by the number of rows of the batch.</summary>
    public virtual KerasObject? ActivityRegularizer => Config.Values.TryGetValue("activity_regularizer", out object? regularizer) ? (KerasObject?)regularizer : null;

    /// <summary>Fewest and most tensors that the layer takes.</summary>
    public virtual (int Least, int Most) InputCount => (1, 1);

    /// <summary>Shapes of the tensors that a call may give as <c>initial_state</c>; empty when the layer has no states.</summary>
    public virtual IReadOnlyList<Shape> States => [];

    /// <summary>The layer's variables in Keras's order, for the given input shapes.</summary>
    /// <exception cref="Keras2DmlException">They would be larger than a matrix can be.</exception>
    public IReadOnlyList<ParameterSpec> Parameters(IReadOnlyList<TensorSpec> inputs) => Sized(inputs, InferParameters, p => p.Shape);

    /// <summary>Shapes and types of the outputs.</summary>
    /// <exception cref="Keras2DmlException">The inputs do not fit, or an output would be larger than a matrix can be.</exception>
    public IReadOnlyList<TensorSpec> Outputs(IReadOnlyList<TensorSpec> inputs)
    {
        (int least, int most) = InputCount;
        if (inputs.Count < least || inputs.Count > most)
        {
            throw NetworkErrors.InputCount.At(Place, ClassName, least == most ? least : $"at least {least}", inputs.Count);
        }

        return Sized(inputs, InferOutputs, o => o.Shape.Sizes.ToArray());
    }

    /// <summary>What becomes of the inputs' masks.</summary>
    public virtual MaskRule Mask => MaskRule.PassThrough;

    /// <summary>For <see cref="MaskRule.Concatenate"/>: the axis of the masks along which they are joined; null for their logical or.</summary>
    public virtual int? MaskAxis(Shape firstInput) => null;

    /// <summary>
    /// Activation function that Keras applies to the first output after the layer's own work (the <c>activation</c> argument of Dense, Conv2D, ...);
    /// lowering makes it a node of its own, so <see cref="Meaning"/> leaves it out. Null for none, and for layers that use activations inside (LSTM).
    /// </summary>
    public virtual KerasObject? OutputActivation => null;

    /// <summary>What the layer computes: DML functions with their arguments, or an expansion into simpler layers.</summary>
    public abstract LayerMeaning Meaning(LayerContext context);

    /// <summary>Checks the tensors that a call gives as <c>initial_state</c>.</summary>
    /// <exception cref="Keras2DmlException">Their number or a shape is another.</exception>
    public void CheckInitialStates(IReadOnlyList<TensorSpec> given)
    {
        if (given.Count != States.Count || given.Where((g, i) => !g.Shape.Equals(States[i])).Any())
        {
            throw NetworkErrors.InputShapes.At(Place, ClassName,
                States.Count == 0 ? "no initial_state" : $"as initial_state {string.Join(", ", States)}", string.Join(", ", given.Select(g => g.Shape)));
        }
    }

    /// <summary>The variables of <see cref="Parameters"/>.</summary>
    protected virtual IReadOnlyList<ParameterSpec> InferParameters(IReadOnlyList<TensorSpec> inputs) => [];

    /// <summary>The tensors of <see cref="Outputs"/>; the number of inputs is checked. Throws a catalogue error (expected ... received ...) when their shapes do not fit.</summary>
    protected abstract IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs);

    // Sizes are computed with checked arithmetic in this whole project, so what is too large shows here.
    private IReadOnlyList<T> Sized<T>(IReadOnlyList<TensorSpec> inputs, Func<IReadOnlyList<TensorSpec>, IReadOnlyList<T>> infer, Func<T, IEnumerable<int>> sizes)
    {
        try
        {
            IReadOnlyList<T> result = infer(inputs);
            foreach (T item in result)
            {
                sizes(item).Where(s => s != Shape.Unknown).Aggregate(1, (a, b) => a * b);
            }

            return result;
        }
        catch (OverflowException)
        {
            throw NetworkErrors.TooLarge.At(Place, ClassName, int.MaxValue, string.Join(", ", inputs.Select(i => i.Shape)));
        }
    }
}

/// <summary>What becomes of the mask of a layer's inputs (Keras's compute_mask).</summary>
internal enum MaskRule
{
    /// <summary>The output carries the first input's mask (supports_masking).</summary>
    PassThrough,

    /// <summary>The output carries no mask.</summary>
    Drop,

    /// <summary>The output's mask is the logical or of the inputs' masks; none when any input has none (merging layers).</summary>
    AnyInput,

    /// <summary>The masks are joined like the tensors (Concatenate): along the axis, or by logical or when the axis is the last one.</summary>
    Concatenate,

    /// <summary>The layer makes a mask: its forward function returns it as result <see cref="Result.Mask"/>.</summary>
    Make,

    /// <summary>Recurrent: the mask is consumed; it passes on when sequences are returned.</summary>
    Recurrent,
}

/// <summary>What a definition needs to know of its place in the graph.</summary>
/// <param name="Node">The node.</param>
/// <param name="Inputs">Shapes and types of its inputs.</param>
/// <param name="Outputs">Shapes and types of its outputs.</param>
/// <param name="HasMask">True when an input mask is available as <see cref="Operand.Mask"/>.</param>
/// <param name="InitialStates">Number of explicit initial states.</param>
internal sealed record LayerContext(Node Node, IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs, bool HasMask, int InitialStates)
{
    /// <summary>For each input whether it carries a mask; empty for none.</summary>
    public IReadOnlyList<bool> InputMasks { get; init; } = [];
}
