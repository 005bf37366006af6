using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Codegen.Training;

/// <summary>The learning rate of each update: plain, by the optimizer's schedule, by Keras 2's decay, or by a policy of Keras2DML.</summary>
internal sealed class LearningRateEmitter(OptimizerSettings settings, LearningRatePolicy? policy, SourceTable sources)
{
    /// <summary>Rate at the start, a literal.</summary>
    public double Initial => HasPlainRate ? settings.LearningRate : 0;

    /// <summary>True when the script takes the rate as <c>lr</c>: no schedule computes it.</summary>
    public bool HasPlainRate => settings.Schedule is null || policy is not null;

    /// <summary>Writes the computation of this update's rate and returns its variable.</summary>
    public string Emit(ScriptWriter writer)
    {
        string? expression = Expression();
        if (expression is null)
        {
            return "lr";
        }

        writer.Line($"rate = {expression}");
        return "rate";
    }

    private string? Expression()
    {
        string i = OptimizerEmitter.Iteration;
        if (policy is null)
        {
            // Keras 2 divides by its decay whatever gives the rate.
            string decay = settings.Decay == 0 ? "" : $" / (1 + {DmlText.Double(settings.Decay)} * {i})";
            if (settings.Schedule is { } schedule)
            {
                ScheduleDefinition definition = ScheduleTable.Find(schedule);
                return $"{sources.Function(definition.File, "rate")}({string.Join(", ", [i, .. definition.Constants(schedule).Cast<LiteralOperand>().Select(c => c.Text)])}){decay}";
            }

            return settings.Decay == 0 ? null : $"lr{decay}";
        }

        // Keras's decay becomes gamma, as in the guide's table.
        string gamma = DmlText.Double(policy.Gamma ?? (settings.Decay != 0 ? settings.Decay : 0.95));
        string step = DmlText.Double(policy.Step);
        string power = DmlText.Double(policy.Power);
        return policy.Kind switch
        {
            LearningRatePolicyKind.Step => $"lr * {gamma} ^ floor({i} / {step})",
            LearningRatePolicyKind.Exp => $"lr * {gamma} ^ {i}",
            LearningRatePolicyKind.Inv => $"lr * (1 + {gamma} * {i}) ^ (-{power})",
            LearningRatePolicyKind.Poly => $"lr * max(0, 1 - {i} / max_iter) ^ {power}",
            LearningRatePolicyKind.Sigmoid => $"lr * (1 / (1 + exp(-{gamma} * ({i} - {step}))))",
            _ => null,
        };
    }
}
