using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Lowering;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Programs;

/// <summary>The function <c>predict</c> of a script: one batch forward at inference.</summary>
internal sealed class PredictFunction
{
    private readonly List<LoweredParameter> states = [];
    private readonly ScriptWriter text = new();

    /// <param name="network">The network lowered for inference.</param>
    /// <param name="arguments">Names of the script.</param>
    /// <param name="sources">Collects the sourced files.</param>
    /// <param name="results">Tensors to return, each once.</param>
    public PredictFunction(LoweredNetwork network, ScriptArguments arguments, SourceTable sources, IReadOnlyList<int> results)
    {
        Parameters = UsedParameters(network);
        var layers = new LayerEmitter(network, training: false, sources, LayerEmitter.NamesOf(network, arguments.Reserved));
        var body = new ScriptWriter();
        layers.Forward(body);
        states.AddRange(layers.StateUpdates.Keys);
        string[] takes = [.. network.Inputs.Select(i => network.Tensors[i].Name), .. Parameters.Select(p => p.Name)];
        string[] gives = [.. results.Select(r => network.Tensors[r].Name), .. states.Select(p => p.Name)];
        string shapes = string.Join(", ", network.Inputs.Select(i => Invariant($"{network.Tensors[i].Name}: N x {network.Tensors[i].Spec.Shape.Elements}")));
        string made = string.Join(", ", results.Select(r => Invariant($"{network.Tensors[r].Name}: N x {network.Tensors[r].Spec.Shape.Elements}")));
        text.Comment($"Forward pass at inference: {shapes} -> {made}");
        text.Open($"predict = function({string.Join(", ", takes.Select(t => "matrix[double] " + t))})\n    return ({string.Join(", ", gives.Select(g => "matrix[double] " + g))})");
        string[] lines = body.ToString().TrimEnd('\n').Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // A model may give its inputs back; a function of DML needs a statement.
        text.Lines(lines.Length > 0 ? lines : gives.Select(g => $"{g} = {g}"));

        text.Close();
    }

    /// <summary>The variables that inference needs, in order.</summary>
    public IReadOnlyList<LoweredParameter> Parameters { get; }

    /// <summary>Text of the function.</summary>
    public override string ToString() => text.ToString();

    /// <summary>Text of a call; carried states are taken over.</summary>
    /// <param name="inputs">Names of the batch's inputs.</param>
    /// <param name="targets">Names for the results.</param>
    public string Call(IEnumerable<string> inputs, IEnumerable<string> targets) =>
        LayerEmitter.Assignment([.. targets, .. states.Select(s => s.Name)], $"predict({string.Join(", ", inputs.Concat(Parameters.Select(p => p.Name)))})");

    /// <summary>The variables that the steps of a network read, in order.</summary>
    public static List<LoweredParameter> UsedParameters(LoweredNetwork network)
    {
        HashSet<LoweredParameter> used = [];
        foreach (LoweredNode node in network.Nodes)
        {
            used.UnionWith(node.Functions!.ForwardArguments.OfType<Network.Functions.ParameterOperand>().Select(o => network.FindParameter(node.Use, o.Name)).OfType<LoweredParameter>());
            if (node.Functions.ForwardArguments.Any(a => a is Network.Functions.SeedOperand or Network.Functions.CounterOperand))
            {
                used.UnionWith(network.Parameters.Where(p => node.Use.Parameters.Contains(p.Parameter) && p.Parameter.Spec.Name.EndsWith("seed_generator_state", StringComparison.Ordinal)));
            }
        }

        return [.. network.Parameters.Where(used.Contains)];
    }
}
