using System.Globalization;
using System.Text;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Codegen.Caffe;

/// <summary>One field of a Caffe solver.</summary>
/// <param name="Name">Caffe's name: <c>base_lr</c>.</param>
/// <param name="Value">Text of the value as prototxt has it.</param>
/// <param name="Source">Where it comes from: an argument of the Keras optimizer or an option.</param>
internal sealed record SolverField(string Name, string Value, string Source);

/// <summary>A Keras optimizer and options as a Caffe solver: the table of the Keras2DML guide ("mapping between Keras' parameters and Caffe's solver specification").</summary>
internal static class SolverPrototxt
{
    /// <summary>The fields, in the order of the guide's table.</summary>
    /// <exception cref="Keras2DmlException">The optimizer, its schedule or an option has no counterpart in Caffe.</exception>
    public static IReadOnlyList<SolverField> Fields(TrainingSpec training, FitSettings settings)
    {
        KerasObject optimizer = training.Optimizer;
        var all = new OptimizerSettings(optimizer);
        if (all.Schedule is { } schedule && settings.LearningRatePolicy is null)
        {
            throw LoweringErrors.NoCaffeSchedule.At($"optimizer {optimizer.ClassName}", schedule.ClassName);
        }

        var fields = new List<SolverField> { new("type", Quoted(Type(optimizer)), $"class of the optimizer ({optimizer.ClassName})") };
        LearningRatePolicy policy = settings.LearningRatePolicy ?? new LearningRatePolicy(all.Decay == 0 ? LearningRatePolicyKind.Fixed : LearningRatePolicyKind.Inv, Power: all.Decay == 0 ? 0.75 : 1);
        fields.Add(new("lr_policy", Quoted(policy.Kind.ToString().ToLowerInvariant()), settings.LearningRatePolicy is null ? "optimizer's decay" : "option lr_policy"));
        fields.Add(new("base_lr", Number(all.LearningRate), all.Schedule is null ? "learning_rate" : $"start of {all.Schedule.ClassName}"));
        fields.AddRange(PolicyFields(policy, all.Decay));
        if (settings.Regularization is { } regularization)
        {
            fields.Add(new("regularization_type", Quoted(regularization.IsL1 ? "L1" : "L2"), "option regularization_type"));
            fields.Add(new("weight_decay", Number(regularization.WeightDecay), "option weight_decay"));
        }

        fields.AddRange(OptimizerFields(optimizer));
        return fields;
    }

    /// <summary>The text of <c>solver.prototxt</c>.</summary>
    public static string Generate(TrainingSpec training, FitSettings settings) => Text(Fields(training, settings), "network.prototxt");

    /// <summary>The text of a solver file.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="net">Name of the network's file.</param>
    public static string Text(IReadOnlyList<SolverField> fields, string net)
    {
        var text = new StringBuilder();
        text.Append("net: ").Append(Quoted(net)).Append('\n');
        foreach (SolverField field in fields)
        {
            text.Append(field.Name).Append(": ").Append(field.Value).Append('\n');
        }

        return text.ToString();
    }

    private static string Type(KerasObject optimizer) => optimizer.ClassName switch
    {
        "SGD" => optimizer.Bool("nesterov") ? "Nesterov" : "SGD",
        "Adagrad" => "AdaGrad",
        "Adam" when !optimizer.Bool("amsgrad") => "Adam",
        "RMSprop" when !optimizer.Bool("centered") => "RMSProp",
        "Adadelta" => "AdaDelta",
        _ => throw LoweringErrors.NoCaffeSolver.At($"optimizer {optimizer.ClassName}", optimizer.ClassName),
    };

    private static IEnumerable<SolverField> PolicyFields(LearningRatePolicy policy, double decay)
    {
        string gamma = Number(policy.Gamma ?? (decay != 0 ? decay : 0.95));
        string source = policy.Gamma is null && decay != 0 ? "optimizer's decay" : "option gamma";
        return policy.Kind switch
        {
            LearningRatePolicyKind.Step => [new("gamma", gamma, source), new("stepsize", Number(policy.Step), "option step")],
            LearningRatePolicyKind.Exp => [new("gamma", gamma, source)],
            LearningRatePolicyKind.Inv => [new("gamma", gamma, source), new("power", Number(policy.Power), "option power")],
            LearningRatePolicyKind.Poly => [new("power", Number(policy.Power), "option power")],
            LearningRatePolicyKind.Sigmoid => [new("gamma", gamma, source), new("stepsize", Number(policy.Step), "option step")],
            _ => Array.Empty<SolverField>(),
        };
    }

    private static IEnumerable<SolverField> OptimizerFields(KerasObject optimizer) => optimizer.ClassName switch
    {
        "SGD" => [new("momentum", Number(optimizer.Double("momentum")), "momentum")],
        "Adam" => [new("momentum", Number(optimizer.Double("beta_1")), "beta_1"), new("momentum2", Number(optimizer.Double("beta_2")), "beta_2"), new("delta", Number(optimizer.Double("epsilon")), "epsilon")],
        "RMSprop" => [new("rms_decay", Number(optimizer.Double("rho")), "rho"), new("delta", Number(optimizer.Double("epsilon")), "epsilon")],
        "Adadelta" => [new("momentum", Number(optimizer.Double("rho")), "rho"), new("delta", Number(optimizer.Double("epsilon")), "epsilon")],
        _ => [new("delta", Number(optimizer.Double("epsilon")), "epsilon")],
    };

    // Caffe keeps these as float: the shortest text that reads back to the same float.
    private static string Number(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
