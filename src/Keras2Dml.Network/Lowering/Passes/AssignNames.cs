using System.Collections.Immutable;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Lowering.Passes;

/// <summary>Gives every tensor, variable and step its name in the script, from the names of layers.</summary>
/// <remarks>
/// Variables come first, by layer, so that their names (and files) are the same in every program of the model.
/// </remarks>
internal static class AssignNames
{
    /// <inheritdoc cref="LoweringPass.Apply"/>
    public static LoweredNetwork Apply(LoweredNetwork network, LoweringOptions options)
    {
        var names = new ScriptNames(options.ReservedNames);
        LoweredParameter[] parameters = [.. network.Parameters.Select(p => p with { Name = names.Take(Path(p.Layer.Path) + "_" + ShortName(p)) })];
        var tensors = network.Tensors.ToBuilder();
        for (int i = 0; i < network.Inputs.Length; i++)
        {
            string name = network.Inputs.Length == 1 ? "Xb" : "Xb_" + network.Model.Inputs[i].Name;
            tensors[network.Inputs[i]] = tensors[network.Inputs[i]] with { Name = names.Take(name) };
        }

        var nodes = ImmutableArray.CreateBuilder<LoweredNode>();
        foreach (LoweredNode node in network.Nodes)
        {
            string stem = names.Take(Stem(node, network, tensors));
            for (int i = 0; i < node.Outputs.Length; i++)
            {
                string name = i == 0 ? stem : names.Take($"{stem}_output_{i}");
                tensors[node.Outputs[i]] = tensors[node.Outputs[i]] with { Name = name };
            }

            if (node.MadeMask is { } made)
            {
                tensors[made] = tensors[made] with { Name = names.Take(stem + "_mask") };
            }

            nodes.Add(node with { Name = stem });
        }

        return network with { Parameters = [.. parameters], Tensors = tensors.ToImmutable(), Nodes = nodes.ToImmutable() };
    }

    /// <summary>The last part of a variable's name (<c>lstm_cell/kernel</c> is kernel) unless the layer has several of it.</summary>
    private static string ShortName(LoweredParameter parameter)
    {
        static string Last(string name) => name[(name.LastIndexOf('/') + 1)..];
        string name = parameter.Parameter.Spec.Name;
        return Path(parameter.Layer.Parameters.Count(p => Last(p.Spec.Name) == Last(name)) == 1 ? Last(name) : name);
    }

    private static string Path(string path) => ScriptNames.Identifier(path.Replace('/', '_'));

    private static string Stem(LoweredNode node, LoweredNetwork network, ImmutableArray<LoweredTensor>.Builder tensors)
    {
        string layer = Path(node.Use.Path);
        FunctionPair functions = node.Functions!;
        if (functions.File == "util/layout")
        {
            string from = tensors[node.Inputs[0]].Name;
            return from + (functions.ForwardName == "channels_first" ? "_chw" : "_hwc");
        }

        // The activation of a layer with other work of its own, and the steps of an expansion, add what they are.
        bool isOwnWork = ReferenceEquals(node.Use.Layer, network.Model.Nodes[node.Source.Id].Layer.Layer) && !IsActivation(node);
        bool isAlone = network.Nodes.Count(n => n.Source.Id == node.Source.Id && n.Functions!.File != "util/layout" && n.Functions.File != "util/masks") == 1;
        return functions.File == "util/masks" ? layer + "_mask" : isAlone || isOwnWork ? layer : layer + "_" + functions.File[(functions.File.LastIndexOf('/') + 1)..];
    }

    private static bool IsActivation(LoweredNode node) => node.Functions!.File.StartsWith("activations/", StringComparison.Ordinal);
}
