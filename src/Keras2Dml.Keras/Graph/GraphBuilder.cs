using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Keras.Graph;

/// <summary>Applies the layers of a configured model in the order in which their inputs become known, entering nested models: the flat network graph.</summary>
internal sealed class GraphBuilder(ConfigReader reader)
{
    private const int MostNodes = 200_000;
    private const int DeepestNesting = 100;
    private readonly List<Node> nodes = [];
    private int depth;

    /// <summary>Builds the graph of the top model. Findings go to the reader.</summary>
    public NetworkModel? Build(ModelConfig model)
    {
        Dictionary<string, ConfiguredLayer> layers = model.Layers.ToDictionary(l => l.Name, StringComparer.Ordinal);
        var inputs = new List<ModelInput>();
        foreach (ModelTensor input in model.Inputs)
        {
            if (!layers.TryGetValue(input.Layer, out ConfiguredLayer? layer) || layer.Use is null)
            {
                reader.Add(KerasFileErrors.UnknownReference.ProblemAt($"model '{model.Name}'", input.Layer, input.Call, input.Output));
            }
            else if (AddNode(layer, [], [], new Dictionary<string, IReadOnlyList<TensorReference>>(), new Dictionary<string, object?>()) is { } outputs)
            {
                inputs.Add(new ModelInput(layer.Name, input.Key == layer.Name ? null : input.Key, outputs[0]));
            }
        }

        if (reader.Problems.Count > 0 || Call(model, [.. inputs.Select(i => i.Tensor)], []) is not { } results || reader.Problems.Count > 0)
        {
            return null;
        }

        return new NetworkModel
        {
            Name = model.Name,
            ClassName = model.ClassName,
            Nodes = nodes,
            Inputs = inputs,
            Outputs = [.. model.Outputs.Select((o, i) => new ModelOutput(o.Layer, o.Key, results[i]))],
            Layers = [.. model.Leaves().Select(l => l.Use!)],
        };
    }

    /// <summary>Applies a model to tensors.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">One tensor for each of its inputs.</param>
    /// <param name="masks">Explicit masks of the inputs, as far as given.</param>
    /// <returns>Its outputs; null when a problem was found.</returns>
    private TensorReference[]? Call(ModelConfig model, IReadOnlyList<TensorReference> inputs, IReadOnlyList<TensorReference> masks)
    {
        string where = $"model '{model.Prefix.TrimEnd('/')}'";
        if (inputs.Count != model.Inputs.Count)
        {
            reader.Add(KerasFileErrors.SubmodelInputs.ProblemAt(model.Prefix.Length == 0 ? $"model '{model.Name}'" : where, model.Inputs.Count, inputs.Count));
            return null;
        }

        if (depth > DeepestNesting)
        {
            throw DataErrors.TooLarge.At(where, "The model", $"more than {DeepestNesting} nested models", DeepestNesting);
        }

        depth++;
        var values = new CallValues(model);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (model.Prefix.Length > 0 && model.Layers.Find(l => l.Name == model.Inputs[i].Layer) is { } input)
            {
                input.OutputSpecs.Add([nodes[inputs[i].Node].Outputs[inputs[i].Output]]);
            }

            values.SetInput(model.Inputs[i], inputs[i], i < masks.Count ? masks[i] : null);
        }

        ApplyAll(model, values);
        depth--;
        var results = new TensorReference[model.Outputs.Count];
        for (int i = 0; i < results.Length; i++)
        {
            if (values.Find(model.Outputs[i]) is { } tensor)
            {
                results[i] = tensor;
            }
            else
            {
                if (reader.Problems.Count == 0)
                {
                    ModelTensor missing = model.Outputs[i];
                    reader.Add(KerasFileErrors.UnknownReference.ProblemAt($"the output of model '{model.Name}'", missing.Layer, missing.Call, missing.Output));
                }

                return null;
            }
        }

        return results;
    }

    // Every pass applies the calls whose inputs are known; the order of layers in the file does not matter.
    private void ApplyAll(ModelConfig model, CallValues values)
    {
        var pending = new List<(ConfiguredLayer Layer, int Call)>();
        foreach (ConfiguredLayer layer in model.Layers)
        {
            pending.AddRange(Enumerable.Range(0, layer.Calls.Count).Where(_ => !layer.IsInput).Select(c => (layer, c)));
        }

        while (pending.Count > 0)
        {
            var waiting = new List<(ConfiguredLayer Layer, int Call)>();
            foreach ((ConfiguredLayer layer, int call) in pending)
            {
                if (layer.Calls[call].Tensors.All(values.IsKnown))
                {
                    TensorReference[]? outputs = Apply(layer, layer.Calls[call], values);
                    values.Set(layer, call, outputs);
                    if (outputs is not null && layer.Calls[call].Outputs.Count == 0)
                    {
                        layer.Calls[call].Outputs = [.. outputs.Select(o => nodes[o.Node].Outputs[o.Output])];
                    }
                }
                else
                {
                    waiting.Add((layer, call));
                }
            }

            if (waiting.Count == pending.Count)
            {
                Explain(waiting, values);
                return;
            }

            pending = waiting;
        }
    }

    private void Explain(List<(ConfiguredLayer Layer, int Call)> waiting, CallValues values)
    {
        int before = reader.Problems.Count;
        foreach ((ConfiguredLayer layer, int call) in waiting)
        {
            foreach (ModelTensor tensor in layer.Calls[call].Tensors.Where(t => !values.Exists(t)))
            {
                reader.Add(KerasFileErrors.UnknownReference.ProblemAt(Where(layer), tensor.Layer, tensor.Call, tensor.Output));
            }
        }

        if (reader.Problems.Count == before)
        {
            foreach ((ConfiguredLayer layer, _) in waiting.DistinctBy(w => w.Layer))
            {
                reader.Add(KerasFileErrors.NoInputs.ProblemAt(Where(layer)));
            }
        }
    }

    private static string Where(ConfiguredLayer layer) => $"layer '{layer.Use?.Path ?? layer.Name}' ({layer.ClassName})";

    private TensorReference[]? Apply(ConfiguredLayer layer, LayerCall call, CallValues values)
    {
        var inputs = new List<TensorReference>();
        foreach (ModelTensor tensor in call.Positional.SelectMany(a => a.Tensors))
        {
            if (values.Find(tensor) is not { } reference)
            {
                // A problem with the layer before is already reported.
                return null;
            }

            inputs.Add(reference);
        }

        var keywordInputs = new Dictionary<string, IReadOnlyList<TensorReference>>();
        var constants = new Dictionary<string, object?>();
        foreach ((string keyword, CallArgument argument) in call.Keywords)
        {
            TensorReference?[] tensors = [.. argument.Tensors.Select(values.Find)];
            if (Array.Exists(tensors, t => t is null))
            {
                return null;
            }

            if (tensors.Length == 0)
            {
                constants[keyword] = JsonValues.Plain(argument.Constant);
            }
            else if (layer.Use is null ? keyword == "inputs" : layer.IsOperation || (inputs.Count == 0 && keyword is "inputs" or "sequence" or "sequences" or "x"))
            {
                inputs.AddRange(tensors.Select(t => t!.Value));
            }
            else
            {
                keywordInputs[keyword] = [.. tensors.Select(t => t!.Value)];
            }
        }

        if (layer.Model is not null)
        {
            keywordInputs.TryGetValue("mask", out IReadOnlyList<TensorReference>? masks);
            TensorReference[]? results = Call(layer.Model, inputs, masks ?? []);
            layer.OutputSpecs.Add(results is null ? [] : [.. results.Select(r => nodes[r.Node].Outputs[r.Output])]);
            return results;
        }

        // The first tensor's mask when the model was called with one.
        if (!keywordInputs.ContainsKey("mask") && !layer.IsOperation && call.Positional.SelectMany(a => a.Tensors).FirstOrDefault() is { } first && values.MaskOf(first) is { } mask)
        {
            keywordInputs["mask"] = [mask];
        }

        return AddNode(layer, [.. inputs.Take(1)], [.. inputs.Skip(1)], keywordInputs, constants);
    }

    // A tensor that has no meaning here would be a model that computes something else.
    private void CheckKeywords(Layer layer, IReadOnlyDictionary<string, IReadOnlyList<TensorReference>> keywordInputs)
    {
        foreach ((string keyword, IReadOnlyList<TensorReference> tensors) in keywordInputs)
        {
            if (keyword == "initial_state")
            {
                layer.CheckInitialStates([.. tensors.Select(t => nodes[t.Node].Outputs[t.Output])]);
            }
            else if (keyword != "mask")
            {
                throw KerasFileErrors.BadCall.With($"a tensor as '{keyword}'");
            }
        }
    }

    private TensorReference[]? AddNode(ConfiguredLayer layer, TensorReference[] first, TensorReference[] more, IReadOnlyDictionary<string, IReadOnlyList<TensorReference>> keywordInputs, IReadOnlyDictionary<string, object?> constants)
    {
        LayerUse use = layer.Use!;
        TensorReference[] inputs = [.. first, .. more];
        if (use.Layer.Mask == MaskRule.Recurrent && more.Length > 0)
        {
            // Keras 2 lists the initial states of recurrent layers behind their input.
            inputs = first;
            keywordInputs = new Dictionary<string, IReadOnlyList<TensorReference>>(keywordInputs) { ["initial_state"] = more };
        }

        if (nodes.Count >= MostNodes)
        {
            throw DataErrors.TooLarge.At(Where(layer), "The model", $"more than {MostNodes} applications of layers", MostNodes);
        }

        TensorSpec[] specs = [.. inputs.Select(i => nodes[i.Node].Outputs[i.Output])];
        try
        {
            CheckKeywords(use.Layer, keywordInputs);
            IReadOnlyList<TensorSpec> outputs = use.Layer.Outputs(specs);
            if (use.Parameters.Count == 0)
            {
                use.Parameters = [.. use.Layer.Parameters(specs).Select(p => new ModelParameter(p, $"{use.Path}/{p.Name}"))];
            }

            var node = new Node { Id = nodes.Count, Layer = use, Inputs = inputs, KeywordInputs = keywordInputs, KeywordConstants = constants, Outputs = outputs };
            nodes.Add(node);
            layer.OutputSpecs.Add(outputs);
            return [.. Enumerable.Range(0, outputs.Count).Select(i => new TensorReference(node.Id, i))];
        }
        catch (Keras2DmlException error)
        {
            foreach (Problem problem in error.Problems)
            {
                reader.Add(problem.Where is null ? problem with { Where = Where(layer) } : problem);
            }
        }

        return null;
    }
}
