namespace Keras2Dml.Keras.Graph;

/// <summary>
/// Puts the layers of a functional model into Keras's order, which file paths follow: by distance from the outputs, then by the traversal from the outputs
/// (keras/src/ops/function.py, map_graph). A file may list them in another order.
/// </summary>
internal static class LayerOrder
{
    /// <summary>Sorts the layers; layers that no output needs keep their place at the end.</summary>
    public static void Sort(ModelConfig model)
    {
        Dictionary<string, ConfiguredLayer> layers = model.Layers.ToDictionary(l => l.Name, StringComparer.Ordinal);
        (List<(ConfiguredLayer Layer, int Call)> order, Dictionary<ConfiguredLayer, int> indices) = Traverse(model, layers);
        var callDepths = new Dictionary<(ConfiguredLayer, int), int>();
        var depths = new Dictionary<ConfiguredLayer, int>();
        foreach ((ConfiguredLayer layer, int call) in Enumerable.Reverse(order))
        {
            int depth = Math.Max(callDepths.GetValueOrDefault((layer, call)), depths.GetValueOrDefault(layer));
            depths[layer] = depth;
            foreach ((ConfiguredLayer, int) parent in Parents(layer, call, layers))
            {
                callDepths[parent] = Math.Max(depth + 1, callDepths.GetValueOrDefault(parent));
            }
        }

        // Inputs that no output needs come with the outputs, in front.
        foreach (ModelTensor input in model.Inputs)
        {
            if (layers.TryGetValue(input.Layer, out ConfiguredLayer? layer) && depths.TryAdd(layer, 0))
            {
                indices[layer] = -1;
            }
        }

        ConfiguredLayer[] sorted = [.. model.Layers.OrderByDescending(l => depths.GetValueOrDefault(l, -1)).ThenBy(l => indices.GetValueOrDefault(l, int.MaxValue))];
        model.Layers.Clear();
        model.Layers.AddRange(sorted);
    }

    private static IEnumerable<(ConfiguredLayer Layer, int Call)> Parents(ConfiguredLayer layer, int call, Dictionary<string, ConfiguredLayer> layers)
    {
        foreach (ModelTensor tensor in call < layer.Calls.Count ? layer.Calls[call].Tensors : [])
        {
            if (layers.TryGetValue(tensor.Layer, out ConfiguredLayer? parent))
            {
                yield return (parent, tensor.Call);
            }
        }
    }

    // Calls in the order in which a depth-first walk from the outputs finishes them, and layers in the order in which it meets them.
    private static (List<(ConfiguredLayer, int)> Order, Dictionary<ConfiguredLayer, int> Indices) Traverse(ModelConfig model, Dictionary<string, ConfiguredLayer> layers)
    {
        var order = new List<(ConfiguredLayer, int)>();
        var indices = new Dictionary<ConfiguredLayer, int>();
        var entered = new HashSet<(ConfiguredLayer, int)>();
        var open = new Stack<((ConfiguredLayer Layer, int Call) Call, IEnumerator<(ConfiguredLayer, int)> Parents)>();
        foreach (ModelTensor output in model.Outputs)
        {
            if (layers.TryGetValue(output.Layer, out ConfiguredLayer? layer))
            {
                Enter((layer, output.Call));
            }

            while (open.TryPeek(out var top))
            {
                if (top.Parents.MoveNext())
                {
                    Enter(top.Parents.Current);
                }
                else
                {
                    order.Add(open.Pop().Call);
                }
            }
        }

        return (order, indices);

        void Enter((ConfiguredLayer Layer, int Call) call)
        {
            if (entered.Add(call))
            {
                indices.TryAdd(call.Layer, indices.Count);
                open.Push((call, Parents(call.Layer, call.Call, layers).GetEnumerator()));
            }
        }
    }
}
