using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Keras.Summary;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Drawing;

/// <summary>Makes the boxes and edges of a picture from a model's configuration.</summary>
internal sealed class DrawnModelBuilder
{
    private const int MostBoxes = 20_000;
    private int count;

    /// <summary>The picture of a document's model.</summary>
    /// <exception cref="Keras2DmlException">The model has more boxes than a picture can show.</exception>
    public static DrawnModel Build(KerasDocument document) => new DrawnModelBuilder().Model(document.Outline);

    private DrawnModel Model(ModelConfig model)
    {
        (ConfiguredLayer Layer, int Call)[] calls = Ordered(model);
        var indexes = new Dictionary<(string, int), int>();
        for (int i = 0; i < calls.Length; i++)
        {
            indexes[(calls[i].Layer.Name, calls[i].Call)] = i;
        }

        DrawnTensor[] outputs = [.. model.Outputs.Select(o => new DrawnTensor(indexes[(o.Layer, o.Call)], o.Output))];
        HashSet<int> giving = [.. outputs.Select(o => o.Node)];
        var nodes = new List<DrawnNode>();
        var edges = new List<DrawnEdge>();
        for (int i = 0; i < calls.Length; i++)
        {
            (ConfiguredLayer layer, int call) = calls[i];
            nodes.Add(Node(model, layer, call, giving.Contains(i)));
            int position = 0;
            foreach ((ModelTensor tensor, string? keyword) in layer.IsInput ? [] : Tensors(layer.Calls[call]))
            {
                edges.Add(new DrawnEdge(new DrawnTensor(indexes[(tensor.Layer, tensor.Call)], tensor.Output), i, position++, keyword));
            }
        }

        return new DrawnModel(nodes, edges, [.. model.Inputs.Select(t => indexes[(t.Layer, t.Call)])], outputs);
    }

    private DrawnNode Node(ModelConfig model, ConfiguredLayer layer, int call, bool givesOutput)
    {
        if (count >= MostBoxes)
        {
            throw DataErrors.TooLarge.At($"model '{model.Name}'", "The picture", $"more than {MostBoxes} boxes", MostBoxes);
        }

        int id = count++;
        long parameters = ModelSummary.Weights(layer).Sum(ModelSummary.Elements);

        // An Input layer that is no input of the model has no shape.
        IReadOnlyList<TensorSpec> outputs = layer.IsInput ? layer.OutputSpecs.FirstOrDefault([]) : layer.Calls[call].Outputs;
        string shape = outputs.Count == 0 ? "?" : ModelSummary.ShapeText(outputs, ModelSummary.BatchOf(model));
        return new DrawnNode(id, layer.Name, layer.ClassName, shape, parameters, call, Math.Max(1, layer.Calls.Count))
        {
            Kind = layer.IsInput ? DrawnKind.Input : layer.Model is not null ? DrawnKind.Model : layer.IsOperation ? DrawnKind.Operation : parameters > 0 ? DrawnKind.LayerWithVariables : DrawnKind.Layer,
            GivesOutput = givesOutput,
            Inner = call == 0 && layer.Model is not null ? Model(layer.Model) : null,
        };
    }

    private static IEnumerable<(ModelTensor Tensor, string? Keyword)> Tensors(LayerCall call) =>
        call.Positional.SelectMany(a => a.Tensors).Select(t => (t, (string?)null))
            .Concat(call.Keywords.OrderBy(k => k.Key, StringComparer.Ordinal).SelectMany(k => k.Value.Tensors.Select(t => (t, (string?)k.Key))));

    // Calls that the graph has, each after its sources; the order of the file decides between independent ones.
    private static (ConfiguredLayer Layer, int Call)[] Ordered(ModelConfig model)
    {
        Dictionary<string, ConfiguredLayer> layers = model.Layers.ToDictionary(l => l.Name, StringComparer.Ordinal);
        var order = new List<(ConfiguredLayer, int)>();
        var done = new HashSet<(string, int)>();
        var open = new Stack<(string Layer, int Call)>();
        foreach ((string, int) start in model.Layers.SelectMany(l => Enumerable.Range(0, l.IsInput ? 1 : l.Calls.Count).Select(c => (l.Name, c))))
        {
            open.Push(start);
            while (open.TryPeek(out (string Layer, int Call) top))
            {
                ConfiguredLayer layer = layers[top.Layer];
                (string, int)[] missing = layer.IsInput ? [] : [.. layer.Calls[top.Call].Tensors.Select(t => (t.Layer, t.Call)).Where(t => !done.Contains(t)).Reverse()];
                if (missing.Length == 0)
                {
                    open.Pop();
                    if (done.Add(top))
                    {
                        order.Add((layer, top.Call));
                    }
                }

                foreach ((string, int) source in missing)
                {
                    open.Push(source);
                }
            }
        }

        return [.. order];
    }
}
