using Keras2Dml.Codegen.Programs;
using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Lowering;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Training;

/// <summary>Writes how a script reads inputs, targets and sample weights, checks them, and brings targets into the form that losses take.</summary>
/// <param name="arguments">Names of the script.</param>
/// <param name="network">The network.</param>
/// <param name="plan">Losses and targets.</param>
/// <param name="sources">Collects the sourced files.</param>
/// <param name="reads">Collects the bindings.</param>
internal sealed class DataSection(ScriptArguments arguments, LoweredNetwork network, TrainingPlan plan, SourceTable sources, List<ScriptBinding> reads)
{
    /// <summary>Reads and checks a set of data.</summary>
    /// <param name="writer">Receives the lines.</param>
    /// <param name="suffix">End of the names: empty for training data, <c>_val</c> for validation data.</param>
    /// <param name="sampleWeightColumns">Columns of each output's sample weights; null for none.</param>
    /// <param name="classWeights">Weight of each class; null for none.</param>
    public void Read(ScriptWriter writer, string suffix, IReadOnlyList<int>? sampleWeightColumns, IReadOnlyDictionary<int, double>? classWeights)
    {
        bool validation = suffix.Length > 0;
        for (int i = 0; i < arguments.Inputs.Count; i++)
        {
            Read(writer, arguments.Inputs[i] + suffix, validation ? BindingRole.ValidationInput : BindingRole.Input, i, Invariant($"rows x {network.Tensors[network.Inputs[i]].Spec.Shape.Elements}"));
        }

        for (int i = 0; i < arguments.Targets.Count; i++)
        {
            Read(writer, arguments.Targets[i] + suffix, validation ? BindingRole.ValidationTarget : BindingRole.Target, i, Invariant($"rows x {plan.Targets[i].Columns}"));
        }

        for (int i = 0; i < arguments.Weights.Count; i++)
        {
            if (sampleWeightColumns is { } columns && columns[i] > 0)
            {
                Read(writer, arguments.Weights[i] + suffix, validation ? BindingRole.ValidationSampleWeight : BindingRole.SampleWeight, i, Invariant($"rows x {columns[i]}"));
            }
        }

        string first = arguments.Inputs[0] + suffix;
        foreach (string other in arguments.Inputs.Skip(1).Concat(arguments.Targets).Select(n => n + suffix))
        {
            writer.Open($"if (nrow({other}) != nrow({first}))");
            writer.Line($"stop(\"Expected as many rows in {other} as in {first} (\" + nrow({first}) + \"), received \" + nrow({other}) + \".\")");
            writer.Close();
        }

        for (int i = 0; i < arguments.Targets.Count; i++)
        {
            Prepare(writer, arguments.Targets[i] + suffix, arguments.Weights[i] + suffix, plan.Targets[i], classWeights);
        }
    }

    private void Read(ScriptWriter writer, string name, BindingRole role, int index, string size)
    {
        writer.Line($"{name} = read(${name}, format=\"csv\")", size);
        reads.Add(new ScriptBinding(role, name, IsArgument: true, index));
    }

    private void Prepare(ScriptWriter writer, string target, string weights, TargetPlan plan, IReadOnlyDictionary<int, double>? classWeights)
    {
        if (plan.Classes is { } classes)
        {
            string labels = plan.IgnoredLabel is { } ignored ? $"({target} * ({target} != {DmlText.Double(ignored)}))" : target;
            if (plan.OneHotClasses is not null)
            {
                writer.Open($"if (ncol({target}) == 1)");
            }

            writer.Open(Invariant($"if (min({labels}) < 0 | max({labels}) > {classes - 1})"));
            writer.Line(Invariant($"stop(\"Expected class numbers from 0 to {classes - 1} in {target}, received values from \" + min({target}) + \" to \" + max({target}) + \".\")"));
            writer.Close();
            writer.Open($"if (sum({target} != floor({target})) > 0)");
            writer.Line($"stop(\"Expected whole class numbers in {target}, received fractions.\")");
            writer.Close();
            if (plan.OneHotClasses is { } k)
            {
                writer.Line(Invariant($"{target} = table(seq(1, nrow({target})), {target} + 1, nrow({target}), {k})"), Invariant($"one-hot: rows x {k}"));
                writer.Close();
            }
        }

        if (classWeights is { Count: > 0 })
        {
            int count = Math.Max(classWeights.Keys.Max() + 1, plan.Classes ?? Math.Max(plan.Columns, 2));
            string values = string.Join(" ", Enumerable.Range(0, count).Select(c => DmlText.Double(classWeights.TryGetValue(c, out double w) ? w : 1)));
            string function = plan.OneHotClasses is null && plan.Columns == 1 ? "from_labels" : "from_one_hot";
            writer.Line(Invariant($"class_weight = matrix(\"{values}\", rows={count}, cols=1)"), "weight of class 0, 1, ...");
            writer.Line($"{weights} = {sources.Function("losses/class_weights", function)}({target}, class_weight)");
        }
    }
}
