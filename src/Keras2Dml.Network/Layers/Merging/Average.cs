using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Layers.Steps;

namespace Keras2Dml.Network.Layers.Merging;

/// <summary>Mean of tensors. Keras: keras.layers.Average.</summary>
internal sealed class Average(KerasObject config) : MergeLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(new KerasClass(ObjectKind.Layer, "Average", [], CommonArguments), config => new Average(config));

    /// <inheritdoc/>
    protected override string File => "layers/add";

    /// <inheritdoc/>
    protected override bool BackwardTakesInputs => false;

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => new Expansion(builder =>
    {
        ExpansionTensor sum = new MergeChain(builder, context, Functions(), MaskedCells.AsTheyAre).Result;
        Operand[] count = [Operand.Double(context.Inputs.Count)];
        return builder.Apply(new FunctionStep("average", LayerFunctions.Linear("layers/average", LayoutRule.Any, "", count, count), context.Outputs[0].Shape), sum);
    });
}
