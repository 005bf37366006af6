using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Programs;

/// <summary>Writes the calls of a lowered network: forward in order, backward in reverse order.</summary>
/// <param name="network">The network.</param>
/// <param name="training">True for the training behaviour: state updates are taken over.</param>
/// <param name="sources">Collects the sourced files.</param>
/// <param name="names">Gives out names for caches and gradients; knows every name of the network.</param>
internal sealed class LayerEmitter(LoweredNetwork network, bool training, SourceTable sources, ScriptNames names)
{
    private readonly Dictionary<(LoweredNode Node, string Cache), string> caches = [];
    private readonly Dictionary<LoweredNode, (string Seed, string Counter)> randomStates = [];

    /// <summary>Names of the new values of variables that training changes by itself (moving statistics, states, counters), by variable.</summary>
    public Dictionary<LoweredParameter, string> StateUpdates { get; } = [];

    /// <summary>Reserves every name of a network.</summary>
    public static ScriptNames NamesOf(LoweredNetwork network, IEnumerable<string> reserved) =>
        new([.. reserved, .. network.Parameters.Select(p => p.Name), .. network.Tensors.Where(t => t.Name.Length > 0).Select(t => t.Name), .. network.Nodes.Select(n => n.Name)]);

    /// <summary>Writes all forward calls.</summary>
    public void Forward(ScriptWriter writer)
    {
        foreach (LoweredNode node in network.Nodes)
        {
            FunctionPair functions = node.Functions!;
            if (functions.ForwardArguments.Concat(functions.BackwardArguments).Any(a => a is SeedOperand or CounterOperand))
            {
                OpenRandomState(writer, node);
            }

            KeepStates(writer, node, functions);
            string call = Call(functions.File, functions.ForwardName, functions.ForwardArguments.Select(a => Text(a, node)));
            string[] results = [.. functions.ForwardResults.Select(r => ForwardResult(r, node))];
            writer.Line(Assignment(results, call), $"{node.Title}: N x {SizeText(node)}");
            foreach ((string state, int output) in functions.StatesFromOutputs)
            {
                writer.Line($"{Updated(Parameter(node, state), node)} = {network.Tensors[node.Outputs[output]].Name}");
            }

            if (randomStates.ContainsKey(node) && (IsTraining(node) || functions.DrawsAtInference) && RandomParameter(node) is { } parameter)
            {
                string target = Updated(parameter, node);
                writer.Line(Invariant($"{target} = cbind({parameter.Name}[1, 1], {parameter.Name}[1, 2] + {functions.Draws})"));
            }
        }
    }

    /// <summary>Text of a call of a library function.</summary>
    public string Call(string file, string function, IEnumerable<string> arguments) => $"{sources.Function(file, function)}({string.Join(", ", arguments)})";

    /// <summary>Text of an assignment of one or several results.</summary>
    public static string Assignment(IReadOnlyList<string> targets, string call) => targets.Count == 1 ? $"{targets[0]} = {call}" : $"[{string.Join(", ", targets)}] = {call}";

    /// <summary>Text of an operand of a forward or backward call.</summary>
    public string Text(Operand operand, LoweredNode node, IReadOnlyList<string?>? outputGradients = null) => operand switch
    {
        InputOperand input => network.Tensors[node.Inputs[input.Index]].Name,
        OutputOperand output => network.Tensors[node.Outputs[output.Index]].Name,
        OutputGradientOperand gradient => outputGradients![gradient.Index] ?? Zeros(node.Outputs[gradient.Index]),
        ParameterOperand parameter when outputGradients is not null && caches.TryGetValue((node, StateBefore(parameter.Name)), out string? before) => before,
        ParameterOperand parameter => Parameter(node, parameter.Name).Name,
        CacheOperand cache => caches[(node, cache.Name)],
        MaskOperand => network.Tensors[node.Mask!.Value].Name,
        TrainingOperand => IsTraining(node) ? "TRUE" : "FALSE",
        SeedOperand => randomStates[node].Seed,
        CounterOperand => randomStates[node].Counter,
        LiteralOperand literal => literal.Text,
        _ => throw new InvalidOperationException($"The operand {operand.GetType().Name} of {node.Title} is unknown."),
    };

    /// <summary>The lowered variable of a step's layer.</summary>
    public LoweredParameter Parameter(LoweredNode node, string name) =>
        network.FindParameter(node.Use, name) ?? throw new InvalidOperationException($"{node.Title} has no variable '{name}'.");

    private string Zeros(int tensor) => Invariant($"matrix(0, rows=nrow({network.Tensors[network.Inputs[0]].Name}), cols={network.Tensors[tensor].Spec.Shape.Elements})");

    private bool IsTraining(LoweredNode node) => node.Training ?? training;

    private string SizeText(LoweredNode node)
    {
        LoweredTensor tensor = network.Tensors[node.Outputs[0]];
        int[] sizes = tensor.Spec.Shape.Sizes.ToArray();
        if (tensor.Layout == TensorLayout.ChannelsFirst)
        {
            sizes = [sizes[^1], .. sizes[..^1]];
        }

        return sizes.Length switch { 0 => "1", 1 => Invariant($"{sizes[0]}"), _ => $"({string.Join("*", sizes)})" };
    }

    private string ForwardResult(Result result, LoweredNode node)
    {
        switch (result)
        {
            case OutputResult output:
                return network.Tensors[node.Outputs[output.Index]].Name;
            case CacheResult cache:
                return caches[(node, cache.Name)] = names.Take($"{node.Name}_{cache.Name}");
            case MaskResult:
                return node.MadeMask is { } mask ? network.Tensors[mask].Name : names.Take($"{node.Name}_mask");
            case StateUpdateResult state:
                return Updated(Parameter(node, state.Parameter), node);
            case IgnoredResult ignored:
                return names.Take($"{node.Name}_{ignored.Name}");
            default:
                throw new InvalidOperationException($"The result {result.GetType().Name} of {node.Title} is unknown.");
        }
    }

    /// <summary>Training overwrites the variable, so that a second call of the layer goes on from the first; inference leaves it alone.</summary>
    private string Updated(LoweredParameter parameter, LoweredNode node)
    {
        bool isTakenOver = IsTraining(node) || !parameter.Parameter.Spec.Stored;
        string name = isTakenOver ? parameter.Name : names.Take("new_" + parameter.Name);
        if (isTakenOver)
        {
            StateUpdates[parameter] = name;
        }

        return name;
    }

    private static string StateBefore(string parameter) => "before " + parameter;

    // A state that forward replaces and backward needs as it was before.
    private void KeepStates(ScriptWriter writer, LoweredNode node, FunctionPair functions)
    {
        IEnumerable<string> replaced = functions.ForwardResults.OfType<StateUpdateResult>().Select(r => r.Parameter).Concat(functions.StatesFromOutputs.Keys);
        foreach (string state in replaced.Where(r => functions.BackwardArguments.Contains(Operand.Parameter(r))))
        {
            string variable = Parameter(node, state).Name;
            string before = names.Take(variable + "_before");
            writer.Line($"{before} = {variable}");
            caches[(node, StateBefore(state))] = before;
        }
    }

    private LoweredParameter? RandomParameter(LoweredNode node) =>
        node.Use.Parameters.FirstOrDefault(p => p.Spec.Name.EndsWith("seed_generator_state", StringComparison.Ordinal)) is { } p ? Parameter(node, p.Spec.Name) : null;

    // The counter is taken before the call, because backward may need the same draws again.
    private void OpenRandomState(ScriptWriter writer, LoweredNode node)
    {
        if (RandomParameter(node) is not { } parameter || !IsTraining(node))
        {
            randomStates[node] = ("0", "0");
            return;
        }

        string seed = names.Take($"{node.Name}_seed");
        string counter = names.Take($"{node.Name}_counter");
        writer.Line($"{seed} = as.scalar({parameter.Name}[1, 1])");
        writer.Line($"{counter} = as.scalar({parameter.Name}[1, 2])");
        randomStates[node] = (seed, counter);
    }
}
