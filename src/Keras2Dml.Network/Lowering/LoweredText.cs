using System.Globalization;
using System.Text;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Lowering;

/// <summary>A network and a lowered network as text for people (<c>explain --stage network|lowered</c>).</summary>
internal static class LoweredText
{
    /// <summary>The graph of Keras layers: one line for each call with its inputs and output shapes.</summary>
    public static string Describe(NetworkModel model)
    {
        var text = new StringBuilder();
        text.Append("network ").Append(model.ClassName).Append(" \"").Append(model.Name).Append("\"\n");
        foreach (Node node in model.Nodes)
        {
            string inputs = string.Join(", ", node.Inputs.Select(Text));
            string keywords = string.Concat(node.KeywordInputs.Select(k => $", {k.Key}={string.Join("+", k.Value.Select(Text))}"));
            string shapes = string.Join(", ", node.Outputs.Select(o => $"{o.Type.ToString().ToLowerInvariant()}{o.Shape}"));
            text.Append(CultureInfo.InvariantCulture, $"  %{node.Id} = {node.Layer.Layer.ClassName} {node.Layer.Path}({inputs}{keywords}): {shapes}\n");
        }

        text.Append("  inputs ").AppendJoin(", ", model.Inputs.Select(i => $"{i.Name} = {Text(i.Tensor)}")).Append('\n');
        text.Append("  outputs ").AppendJoin(", ", model.Outputs.Select(o => $"{o.Name} = {Text(o.Tensor)}")).Append('\n');
        return text.ToString();

        static string Text(TensorReference tensor) => tensor.Output == 0 ? $"%{tensor.Node}" : $"%{tensor.Node}.{tensor.Output}";
    }

    /// <summary>The lowered graph: one line for each library call with its tensors, masks and layouts.</summary>
    public static string Describe(LoweredNetwork network)
    {
        var text = new StringBuilder();
        foreach (LoweredParameter p in network.Parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"  variable {p.Name}: {p.Parameter.Spec.Storage.Rows} x {p.Parameter.Spec.Storage.Columns}, {(p.IsTrainable ? "trainable" : "fixed")}, {p.Parameter.Path}\n");
        }

        foreach (int input in network.Inputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  input {Text(input)}\n");
        }

        foreach (LoweredNode node in network.Nodes)
        {
            string mask = node.Mask is { } m ? $", mask {network.Tensors[m].Name}" : "";
            string made = node.MadeMask is { } made1 ? $", makes {network.Tensors[made1].Name}" : "";
            text.Append(CultureInfo.InvariantCulture, $"  {string.Join(", ", node.Outputs.Select(Text))} = {node.Functions!.File}::{node.Functions.ForwardName}({string.Join(", ", node.Inputs.Select(i => network.Tensors[i].Name))}{mask}){made}  # {node.Title}\n");
        }

        foreach (ActivityPenalty penalty in network.Penalties)
        {
            text.Append(CultureInfo.InvariantCulture, $"  penalty {penalty.Regularizer.ClassName} of {network.Tensors[penalty.Tensor].Name}\n");
        }

        foreach (LoweredOutput output in network.Outputs)
        {
            string logits = output.Logits is { } l ? $", logits {network.Tensors[l].Name}" : "";
            string mask = output.Mask is { } m ? $", mask {network.Tensors[m].Name}" : "";
            text.Append(CultureInfo.InvariantCulture, $"  output {output.Source.Name} = {network.Tensors[output.Tensor].Name}{logits}{mask}\n");
        }

        return text.ToString();

        string Text(int tensor) => $"{network.Tensors[tensor].Name} {network.Tensors[tensor].Spec.Shape}{(network.Tensors[tensor].Layout == TensorLayout.Keras ? "" : " channels first")}";
    }
}
