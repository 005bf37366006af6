using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering.Passes;

namespace Keras2Dml.Network.Lowering;

/// <summary>Turns a network of Keras layers into a straight list of library calls.</summary>
internal static class NetworkLowering
{
    /// <summary>The passes in their order.</summary>
    public static IReadOnlyList<LoweringPass> Passes { get; } =
    [
        new("masks", "Makes masks explicit tensors with edges of their own.", true, ExplicitMasks.Apply),
        new("expand", "Replaces composite layers by simpler ones and gives activations steps of their own.", true, ExpandLayers.Apply),
        new("inference", "Drops steps that do nothing at inference.", false, DropInferenceIdentities.Apply),
        new("unused", "Drops steps that no output needs.", false, DropUnused.Apply),
        new("logits", "Finds the logits of outputs that softmax or sigmoid made, for crossentropy losses.", false, FindLogits.Apply),
        new("layouts", "Decides the order of cells of every tensor and inserts permutations where orders meet.", true, AssignLayouts.Apply),
        new("names", "Gives every tensor, variable and step its name in the script.", true, AssignNames.Apply),
    ];

    /// <summary>Lowers a network.</summary>
    public static LoweredNetwork Lower(NetworkModel model, LoweringOptions options)
    {
        LoweredNetwork network = NetworkImport.Import(SizeBinding.Bind(model, options.InputShapes));
        foreach (LoweringPass pass in Passes)
        {
            if (pass.IsRequired || !options.DisabledPasses.Contains(pass.Name))
            {
                network = pass.Apply(network, options);
            }
        }

        return network;
    }
}
