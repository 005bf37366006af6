using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Codegen.Tests;

/// <summary>Small sequential networks from layer configurations.</summary>
internal static class TestModels
{
    /// <summary>One output with a loss and metrics, by name.</summary>
    public static TrainingSpec Compiled(string optimizer, string loss, params IEnumerable<string> metrics)
    {
        var reader = new ConfigReader();
        KerasObject Read(ObjectKind kind, string json) => reader.Read(kind, json.StartsWith('{') ? JsonNode.Parse(json) : JsonValue.Create(json), "compile") ?? throw new Keras2DmlException(reader.Problems);
        return new TrainingSpec
        {
            Optimizer = Read(ObjectKind.Optimizer, optimizer),
            Losses = [Read(ObjectKind.Loss, loss)],
            Metrics = [[.. metrics.Select(m => Read(ObjectKind.Metric, m))]],
        };
    }

    public static NetworkModel Sequential(Shape input, params string[] layers)
    {
        var reader = new ConfigReader();
        var nodes = new List<Node>();
        var uses = new List<LayerUse>();
        TensorSpec spec = new(ElementType.Float32, input);
        var inputUse = new LayerUse("input", LayerOf("""{"class_name": "Dense", "config": {"name": "input", "units": 1}}"""));
        nodes.Add(new Node { Id = 0, Layer = inputUse, Inputs = [], Outputs = [spec] });
        foreach (string json in layers)
        {
            Layer layer = LayerOf(json);
            var use = new LayerUse(layer.Name, layer);
            use.Parameters = [.. layer.Parameters([spec]).Select(p => new ModelParameter(p, layer.Name + "/" + p.Name))];
            uses.Add(use);
            IReadOnlyList<TensorSpec> outputs = layer.Outputs([spec]);
            nodes.Add(new Node { Id = nodes.Count, Layer = use, Inputs = [new TensorReference(nodes.Count - 1)], Outputs = outputs });
            spec = outputs[0];
        }

        return new NetworkModel
        {
            Name = "sequential", ClassName = "Sequential", Nodes = nodes, Layers = uses,
            Inputs = [new ModelInput("input", null, new TensorReference(0))],
            Outputs = [new ModelOutput(uses[^1].Path, null, new TensorReference(nodes.Count - 1))],
        };

        Layer LayerOf(string json)
        {
            Layer? layer = reader.ReadLayer(JsonNode.Parse(json));
            reader.ThrowIfAny();
            return layer!;
        }
    }
}
