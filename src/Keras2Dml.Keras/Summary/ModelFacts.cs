using System.Text.Json.Nodes;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Keras.Weights;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Summary;

/// <summary>The content of a summary as JSON: layers (without operation nodes, as in Keras) with their calls, shapes and weights, and totals.</summary>
internal static class ModelFacts
{
    /// <summary>One object for the model.</summary>
    public static JsonObject Json(KerasDocument document)
    {
        ModelConfig model = document.Outline;
        (ModelParameter Parameter, bool Trained)[] weights = [.. model.Leaves().SelectMany(Weights)];
        return new JsonObject
        {
            ["name"] = model.Name,
            ["class"] = model.ClassName,
            ["layers"] = new JsonArray([.. model.Layers.Where(l => !l.IsOperation && !(model.IsSequential && l.IsInput)).Select(Layer)]),
            ["inputs"] = new JsonArray([.. document.Model.Inputs.Select(i => (JsonNode)new JsonArray(i.Name, Shape(document.Model[i.Tensor])))]),
            ["outputs"] = new JsonArray([.. document.Model.Outputs.Select(o => (JsonNode)Shape(document.Model[o.Tensor]))]),
            ["parameters"] = weights.Sum(w => ModelSummary.Elements(w.Parameter)),
            ["trainable_parameters"] = weights.Where(w => w.Trained).Sum(w => ModelSummary.Elements(w.Parameter)),
            ["optimizer_parameters"] = ModelSummary.Optimizer(document)?.Count,
        };
    }

    private static JsonObject Layer(ConfiguredLayer layer)
    {
        (ModelParameter Parameter, bool Trained)[] weights = [.. (layer.Model is null ? [layer] : layer.Model.Leaves()).SelectMany(Weights)];
        JsonArray[] shapes = layer.OutputSpecs.Count == 0 ? [] : [.. layer.OutputSpecs[^1].Select(Shape)];
        return new JsonObject
        {
            ["name"] = layer.Name,
            ["class"] = layer.ClassName,
            ["calls"] = layer.IsInput
                ? new JsonArray(new JsonArray())
                : new JsonArray([.. layer.Calls.Select(c => (JsonNode)new JsonArray([.. c.Tensors.Select(t => (JsonNode)new JsonArray(t.Layer, t.ShownCall, t.Output))]))]),
            ["output_shape"] = shapes.Length == 1 ? shapes[0] : new JsonArray([.. shapes]),
            ["parameters"] = weights.Sum(w => ModelSummary.Elements(w.Parameter)),
            ["weights"] = new JsonArray([.. weights.Select(w => (JsonNode)new JsonArray(w.Parameter.Path, new JsonArray([.. w.Parameter.Spec.Shape.Select(s => (JsonNode)s)]), w.Trained))]),
            ["trainable"] = ModelSummary.IsTrainable(layer),
        };
    }

    private static IEnumerable<(ModelParameter Parameter, bool Trained)> Weights(ConfiguredLayer layer) =>
        layer.Use!.Parameters.Where(p => !VariableValues.IsSeedState(p.Spec)).Select(p => (p, layer.Use.Trainable && p.Spec.Trainable));

    private static JsonArray Shape(TensorSpec spec) => new([null, .. spec.Shape.Sizes.ToArray().Select(s => s < 0 ? null : (JsonNode)s)]);
}
