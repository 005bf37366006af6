using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Steps;

namespace Keras2Dml.Network.Layers.Merging;

/// <summary>Merging of tensors cell by cell, with numpy's broadcasting: Add, Subtract, Multiply, Average, Maximum, Minimum.</summary>
internal abstract class MergeLayer(KerasObject config) : Layer(config)
{
    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.AnyInput;

    /// <summary>File of the function of two tensors.</summary>
    protected abstract string File { get; }

    /// <summary>True when backward takes both inputs after the gradient.</summary>
    protected virtual bool BackwardTakesInputs => true;

    /// <summary>What masked cells count as.</summary>
    protected virtual MaskedCells Masked => MaskedCells.AsTheyAre;

    /// <inheritdoc/>
    public override (int Least, int Most) InputCount => (2, int.MaxValue);

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        Shape shape = inputs[0].Shape;
        foreach (TensorSpec input in inputs.Skip(1))
        {
            shape = Broadcasting.Common(shape, input.Shape)
                ?? throw NetworkErrors.InputShapes.At(Place, ClassName, "shapes that are equal or 1 in every axis", string.Join(", ", inputs.Select(i => i.Shape)));
        }

        return [inputs[0] with { Shape = shape }];
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        FunctionPair functions = Functions();
        bool usesMasks = Masked != MaskedCells.AsTheyAre && context.InputMasks.Contains(true);
        return context.Inputs.Count == 2 && context.Inputs[0].Shape.Equals(context.Inputs[1].Shape) && !usesMasks
            ? functions
            : new Expansion(builder => [new MergeChain(builder, context, functions, usesMasks ? Masked : MaskedCells.AsTheyAre).Result]);
    }

    /// <summary>Functions of two tensors of equal shape.</summary>
    protected FunctionPair Functions()
    {
        Operand[] inputs = [Operand.Input(0), Operand.Input(1)];
        return new FunctionPair
        {
            File = File,
            ForwardArguments = inputs,
            ForwardResults = [Result.Output()],
            BackwardArguments = BackwardTakesInputs ? [Operand.OutputGradient(), .. inputs] : [Operand.OutputGradient()],
            BackwardResults = [Result.InputGradient(0), Result.InputGradient(1)],
            Layout = LayoutRule.Any,
        };
    }
}

/// <summary>What the masked cells of an input count as in a merging layer.</summary>
internal enum MaskedCells
{
    /// <summary>Nothing is done about them (sums).</summary>
    AsTheyAre,

    /// <summary>They count as 1, and cells that are masked everywhere become 0 (products).</summary>
    One,

    /// <summary>They take no part (maximum, minimum).</summary>
    Absent,
}
