using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Lowering;

/// <summary>Fills sizes that a model leaves open (None) with those of the data or of the caller.</summary>
internal static class SizeBinding
{
    /// <summary>The model with known sizes everywhere.</summary>
    /// <exception cref="Keras2DmlException">A size is unknown and not given, or a given one contradicts the model.</exception>
    public static NetworkModel Bind(NetworkModel model, IReadOnlyDictionary<string, Shape> inputShapes)
    {
        if (model.Nodes.All(n => n.Outputs.All(o => o.Shape.IsKnown)))
        {
            return model;
        }

        var problems = new List<Problem>();
        var nodes = new List<Node>(model.Nodes.Count);
        foreach (Node node in model.Nodes)
        {
            ModelInput? input = model.Inputs.FirstOrDefault(i => i.Tensor.Node == node.Id);
            if (input is not null)
            {
                TensorSpec spec = node.Outputs[0];
                nodes.Add(node with { Outputs = [spec with { Shape = Given(input, spec.Shape, inputShapes, problems) }] });
            }
            else
            {
                TensorSpec[] inputs = [.. node.Inputs.Select(t => nodes[t.Node].Outputs[t.Output])];
                nodes.Add(problems.Count > 0 || inputs.Length == 0 ? node : node with { Outputs = node.Layer.Layer.Outputs(inputs) });
            }
        }

        return problems.Count > 0 ? throw new Keras2DmlException(problems) : model with { Nodes = nodes };
    }

    private static Shape Given(ModelInput input, Shape declared, IReadOnlyDictionary<string, Shape> inputShapes, List<Problem> problems)
    {
        if (declared.IsKnown)
        {
            return declared;
        }

        if (!inputShapes.TryGetValue(input.Name, out Shape? given))
        {
            problems.Add(LoweringErrors.UnknownInputSize.ProblemAt($"input '{input.Name}'", declared));
            return declared;
        }

        bool fits = given.Rank == declared.Rank && Enumerable.Range(0, given.Rank).All(i => given[i] >= 0 && (declared[i] == Shape.Unknown || declared[i] == given[i]));
        if (!fits)
        {
            problems.Add(LoweringErrors.InputShapeMismatch.ProblemAt($"input '{input.Name}'", declared, given));
            return declared;
        }

        return given;
    }
}
