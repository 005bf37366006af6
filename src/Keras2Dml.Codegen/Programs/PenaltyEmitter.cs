using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Codegen.Programs;

/// <summary>Writes weight and activity penalties: their values, and their gradients. Frozen variables give none, as in Keras.</summary>
internal sealed class PenaltyEmitter(LoweredNetwork network, SourceTable sources, ScriptNames names)
{
    private IEnumerable<(LoweredParameter Parameter, KerasObject Regularizer)> Weights =>
        network.Parameters.Where(p => p.IsTrainable && p.Parameter.Spec.Regularizer is not null).Select(p => (p, p.Parameter.Spec.Regularizer!));

    public bool HasAny => network.Penalties.Length > 0 || Weights.Any();

    /// <summary>Adds up all penalties into a scalar.</summary>
    public void Forward(ScriptWriter writer, string target)
    {
        string[] terms =
        [
            .. Weights.Select(w => Call(w.Regularizer, "forward", w.Parameter.Name)),
            .. network.Penalties.Select(p => PerRow(Call(p.Regularizer, "forward", network.Tensors[p.Tensor].Name), p)),
        ];
        writer.Line($"{target} = {(terms.Length == 0 ? "0.0" : terms[0])}");
        foreach (string term in terms.Skip(1))
        {
            writer.Line($"{target} = {target} + {term}");
        }
    }

    /// <summary>Gradients that activity penalties give to tensors.</summary>
    public List<(int Tensor, string Gradient)> Backward(ScriptWriter writer)
    {
        var seeds = new List<(int, string)>();
        foreach (ActivityPenalty penalty in network.Penalties)
        {
            string tensor = network.Tensors[penalty.Tensor].Name;
            string gradient = names.Take($"d{tensor}_penalty");
            writer.Line($"{gradient} = {PerRow(Call(penalty.Regularizer, "backward", tensor), penalty)}");
            seeds.Add((penalty.Tensor, gradient));
        }

        return seeds;
    }

    /// <summary>Adds the gradients of weight penalties to those of the variables.</summary>
    public void AddWeightGradients(ScriptWriter writer, Dictionary<LoweredParameter, string> gradients)
    {
        foreach ((LoweredParameter parameter, KerasObject regularizer) in Weights)
        {
            string call = Call(regularizer, "backward", parameter.Name);
            if (gradients.TryGetValue(parameter, out string? gradient))
            {
                writer.Line($"{gradient} = {gradient} + {call}");
            }
            else
            {
                gradients[parameter] = names.Take("d" + parameter.Name);
                writer.Line($"{gradients[parameter]} = {call}");
            }
        }
    }

    // Keras divides activity penalties by the number of rows.
    private string PerRow(string text, ActivityPenalty penalty) => $"{text} / nrow({network.Tensors[penalty.Tensor].Name})";

    private string Call(KerasObject regularizer, string function, string argument)
    {
        RegularizerDefinition definition = RegularizerTable.Find(regularizer);
        return $"{sources.Function(definition.File, function)}({string.Join(", ", [argument, .. definition.Constants(regularizer).Cast<LiteralOperand>().Select(c => c.Text)])})";
    }
}
