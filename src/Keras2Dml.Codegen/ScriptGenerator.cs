using Keras2Dml.Codegen.Programs;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Codegen;

/// <summary>Writes the DML programs of a model.</summary>
internal static class ScriptGenerator
{
    /// <summary>The program that computes outputs, gradients and state updates for given inputs and upstream gradients.</summary>
    public static GeneratedScript Gradient(NetworkModel model, GradientOptions options) => GradientProgram.Generate(model, options);

    /// <summary>The program that predicts in batches.</summary>
    public static GeneratedScript Prediction(NetworkModel model, PredictionOptions options) => PredictionProgram.Generate(model, options);

    /// <summary>The program that computes losses and metrics in batches; with <see cref="PredictionOptions.WritePredictions"/> predictions as well.</summary>
    public static GeneratedScript Evaluation(NetworkModel model, TrainingSpec training, PredictionOptions options) =>
        PredictionProgram.Generate(model, options with { Evaluate = training });

    /// <summary>The program that trains.</summary>
    public static GeneratedScript Training(NetworkModel model, TrainingSpec training, FitSettings settings) => TrainingProgram.Generate(model, training, settings);

    /// <summary>The lowered network as text.</summary>
    public static string ExplainLowered(NetworkModel model, LoweringOptions options) => LoweredText.Describe(NetworkLowering.Lower(model, options with { ReservedNames = new ScriptArguments(model).Reserved }));

    /// <summary>The network as text.</summary>
    public static string ExplainNetwork(NetworkModel model) => LoweredText.Describe(model);
}
