using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Lowering;

namespace Keras2Dml.Codegen.Programs;

/// <summary>Writes the backward calls of a lowered network and adds up gradients that reach a tensor or a variable from several steps, in the order of steps.</summary>
internal sealed class BackwardEmitter
{
    private readonly LoweredNetwork network;
    private readonly LayerEmitter layers;
    private readonly ScriptNames names;
    private readonly HashSet<int> needed;

    // Gradients of each tensor with the place of the step that gives them; steps are visited from the last to the first.
    private readonly Dictionary<int, List<Contribution>> tensors = [];
    private readonly Dictionary<LoweredParameter, List<Contribution>> parameters = [];
    private readonly Dictionary<LoweredParameter, List<string>> squares = [];
    private readonly Dictionary<LoweredParameter, List<string>> sizes = [];
    private readonly Dictionary<int, int> tensorCounts = [];
    private readonly Dictionary<LoweredParameter, int> parameterCounts = [];

    /// <param name="network">The network.</param>
    /// <param name="layers">The emitter that wrote the forward calls.</param>
    /// <param name="names">Gives out names.</param>
    /// <param name="wantedInputs">Tensors of model inputs whose gradient is wanted.</param>
    /// <param name="forParameters">True when gradients of trainable variables are wanted.</param>
    public BackwardEmitter(LoweredNetwork network, LayerEmitter layers, ScriptNames names, IEnumerable<int> wantedInputs, bool forParameters)
    {
        this.network = network;
        this.layers = layers;
        this.names = names;
        needed = [.. wantedInputs];
        foreach (LoweredNode node in network.Nodes)
        {
            if (node.Functions!.BackwardResults.Count > 0 && (node.Inputs.Any(needed.Contains) || (forParameters && TrainableOf(node).Any())))
            {
                needed.UnionWith(node.Outputs);
            }
        }
    }

    /// <summary>Gradients of trainable variables by variable, after <see cref="Emit"/>.</summary>
    public Dictionary<LoweredParameter, string> ParameterGradients { get; } = [];

    /// <summary>For gradients that are sums of rows: the squares of the rows, added up, after <see cref="Emit"/>.</summary>
    public Dictionary<LoweredParameter, string> SquaredRows { get; } = [];

    /// <summary>Changes the gradient that a step gets when its variable's gradient is a sum of rows: rows are clipped one by one.</summary>
    public Func<string, string>? ClipRows { get; init; }

    /// <summary>True to compute <see cref="RowSizes"/>.</summary>
    public bool TakesRowSizes { get; init; }

    /// <summary>The same as <see cref="SquaredRows"/> for the sizes of the single rows.</summary>
    public Dictionary<LoweredParameter, string> RowSizes { get; } = [];

    /// <summary>Gradients of the wanted inputs, after <see cref="Emit"/>.</summary>
    public Dictionary<int, string> InputGradients { get; } = [];

    /// <summary>Writes the calls.</summary>
    /// <param name="writer">Receives the lines.</param>
    /// <param name="seeds">Gradients that tensors start with: of the loss, of penalties. Added after those of later steps.</param>
    public void Emit(ScriptWriter writer, IReadOnlyList<(int Tensor, string Gradient)> seeds)
    {
        Count(seeds);
        foreach ((int tensor, string gradient) in seeds)
        {
            Add(tensors, tensor, new Contribution(gradient, -1));
        }

        for (int place = network.Nodes.Length - 1; place >= 0; place--)
        {
            LoweredNode node = network.Nodes[place];
            if (IsActive(node, tensors.ContainsKey))
            {
                EmitNode(writer, node, place);
            }
        }

        foreach (int input in network.Inputs.Where(tensors.ContainsKey).Where(needed.Contains))
        {
            InputGradients[input] = Sum(writer, tensors[input], "d" + network.Tensors[input].Name);
        }

        foreach (LoweredParameter parameter in network.Parameters.Where(parameters.ContainsKey))
        {
            int count = parameters[parameter].Count;
            ParameterGradients[parameter] = Sum(writer, parameters[parameter], GradientName(parameter));

            // A dense gradient beside the rows makes the whole dense.
            if (squares.TryGetValue(parameter, out List<string>? rows) && rows.Count == count)
            {
                SquaredRows[parameter] = SumOfRows(writer, rows, GradientName(parameter) + "_squares");
                if (sizes.TryGetValue(parameter, out List<string>? each))
                {
                    RowSizes[parameter] = SumOfRows(writer, each, GradientName(parameter) + "_sizes");
                }
            }
        }
    }

    private string SumOfRows(ScriptWriter writer, List<string> rows, string name)
    {
        if (rows.Count == 1)
        {
            return rows[0];
        }

        string sum = names.Take(name);
        writer.Line($"{sum} = {string.Join(" + ", rows)}");
        return sum;
    }

    /// <summary>Name of a variable's gradient: <c>dense_dkernel</c>.</summary>
    private static string GradientName(LoweredParameter parameter)
    {
        string layer = ScriptNames.Identifier(parameter.Layer.Path.Replace('/', '_')) + "_";
        return parameter.Name.StartsWith(layer, StringComparison.Ordinal) ? layer + "d" + parameter.Name[layer.Length..] : "d" + parameter.Name;
    }

    private static void Add<TKey>(Dictionary<TKey, List<Contribution>> all, TKey key, Contribution contribution)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out List<Contribution>? list))
        {
            all[key] = list = [];
        }

        list.Add(contribution);
    }

    private IEnumerable<LoweredParameter> TrainableOf(LoweredNode node) => node.Functions!.BackwardResults.OfType<ParameterGradientResult>()
        .Select(r => network.FindParameter(node.Use, r.Name)).OfType<LoweredParameter>().Where(p => p.IsTrainable);

    private bool IsActive(LoweredNode node, Func<int, bool> hasGradient) => node.Outputs.Any(o => needed.Contains(o) && hasGradient(o));

    // How many gradients will reach each tensor and variable decides their names.
    private void Count(IReadOnlyList<(int Tensor, string Gradient)> seeds)
    {
        foreach ((int tensor, _) in seeds)
        {
            tensorCounts[tensor] = tensorCounts.GetValueOrDefault(tensor) + 1;
        }

        foreach (LoweredNode node in network.Nodes.Reverse())
        {
            if (IsActive(node, tensorCounts.ContainsKey))
            {
                CountNode(node);
            }
        }
    }

    private void CountNode(LoweredNode node)
    {
        foreach (Result result in node.Functions!.BackwardResults)
        {
            if (result is InputGradientResult input && needed.Contains(node.Inputs[input.Index]))
            {
                tensorCounts[node.Inputs[input.Index]] = tensorCounts.GetValueOrDefault(node.Inputs[input.Index]) + 1;
            }
            else if (result is ParameterGradientResult parameter && network.FindParameter(node.Use, parameter.Name) is { IsTrainable: true } p)
            {
                parameterCounts[p] = parameterCounts.GetValueOrDefault(p) + 1;
            }
        }
    }

    private void EmitNode(ScriptWriter writer, LoweredNode node, int place)
    {
        string?[] gradients = [.. node.Outputs.Select(o => tensors.TryGetValue(o, out List<Contribution>? list) ? Sum(writer, list, "d" + network.Tensors[o].Name) : null)];
        FunctionPair functions = node.Functions!;
        if (ClipRows is not null && functions.BackwardResults.OfType<SquaredRowsResult>().Any())
        {
            gradients = [.. gradients.Select(g => g is null ? null : ClipRows(g))];
        }

        string call = layers.Call(functions.File, functions.BackwardName, functions.BackwardArguments.Select(a => layers.Text(a, node, gradients)));
        var results = new List<string>();
        foreach (Result result in functions.BackwardResults)
        {
            switch (result)
            {
                case InputGradientResult input:
                    int tensor = node.Inputs[input.Index];
                    string name = "d" + network.Tensors[tensor].Name;
                    string taken = names.Take(tensorCounts.GetValueOrDefault(tensor) > 1 ? $"{name}_{node.Name}" : name);
                    results.Add(taken);
                    if (needed.Contains(tensor))
                    {
                        Add(tensors, tensor, new Contribution(taken, place));
                    }

                    break;
                case ParameterGradientResult parameter:
                    LoweredParameter variable = layers.Parameter(node, parameter.Name);
                    string gradient = names.Take(parameterCounts.GetValueOrDefault(variable) > 1 ? $"{GradientName(variable)}_{node.Name}" : GradientName(variable));
                    results.Add(gradient);
                    if (variable.IsTrainable)
                    {
                        Add(parameters, variable, new Contribution(gradient, place));
                    }

                    break;
                case SquaredRowsResult rows:
                    LoweredParameter table = layers.Parameter(node, rows.Name);
                    string square = names.Take(GradientName(table) + "_rows");
                    results.Add(square);
                    if (!squares.TryGetValue(table, out List<string>? list))
                    {
                        squares[table] = list = [];
                    }

                    list.Add(square);
                    if (TakesRowSizes && functions.RowSizesName is { } rowSizes)
                    {
                        string size = names.Take(GradientName(table) + "_row_sizes");
                        if (!sizes.TryGetValue(table, out List<string>? each))
                        {
                            sizes[table] = each = [];
                        }

                        each.Add(size);
                        writer.Line($"{size} = {layers.Call(functions.File, rowSizes, functions.BackwardArguments.Select(a => layers.Text(a, node, gradients)))}");
                    }

                    break;
                case IgnoredResult ignored:
                    results.Add(names.Take($"{node.Name}_{ignored.Name}"));
                    break;
                default:
                    throw new InvalidOperationException($"The result {result.GetType().Name} of the gradient of {node.Title} is unknown.");
            }
        }

        writer.Line(LayerEmitter.Assignment(results, call));
    }

    private string Sum(ScriptWriter writer, List<Contribution> contributions, string name)
    {
        if (contributions.Count == 1)
        {
            return contributions[0].Name;
        }

        // In the order of steps; what the tensor starts with (loss, penalties) comes last.
        IEnumerable<string> inOrder = contributions.Where(c => c.Place >= 0).OrderBy(c => c.Place).Concat(contributions.Where(c => c.Place < 0)).Select(c => c.Name);
        string sum = names.Take(name);
        writer.Line($"{sum} = {string.Join(" + ", inOrder)}");
        contributions.Clear();
        contributions.Add(new Contribution(sum, 0));
        return sum;
    }

    private sealed record Contribution(string Name, int Place);
}
