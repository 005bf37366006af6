using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Codegen;

/// <summary>A DML program for a model, and what its reads and writes mean.</summary>
/// <param name="Text">The program text: the one that is printed and the one that runs.</param>
/// <param name="Reads">Every <c>read</c> of the script.</param>
/// <param name="Writes">Every <c>write</c> of the script.</param>
internal sealed record GeneratedScript(string Text, IReadOnlyList<ScriptBinding> Reads, IReadOnlyList<ScriptBinding> Writes)
{
    /// <summary>Keras's names of the values of an evaluation or of an epoch, in the order of the script's row of metrics.</summary>
    public IReadOnlyList<string> MetricNames { get; init; } = [];
}

/// <summary>What a file that a script reads or writes stands for.</summary>
internal enum BindingRole { Input, Target, SampleWeight, ClassWeight, ValidationInput, ValidationTarget, ValidationSampleWeight, Parameter, OptimizerSlot, Output, Upstream, InputGradient, ParameterGradient, StateUpdate, Loss, Metric, Mask, Checkpoint }

/// <summary>One file of a script: <c>read(model + "/" + File)</c> or the value of a <c>$</c> argument.</summary>
/// <param name="Role">What it stands for.</param>
/// <param name="Name">Variable name in the script; also the file name (without .csv) under <c>$model</c> or <c>$out</c>, or the <c>$</c> argument.</param>
/// <param name="IsArgument">True when the path is the <c>$</c> argument of that name (inputs and targets); false for files in <c>$model</c> (read) or <c>$out</c> (write).</param>
/// <param name="Index">Which input, output or target.</param>
/// <param name="Parameter">The variable for <see cref="BindingRole.Parameter"/>, slots, parameter gradients and state updates.</param>
/// <param name="Slot">Keras's name of the optimizer's variable for <see cref="BindingRole.OptimizerSlot"/>: <c>iteration</c>, <c>dense_kernel_momentum</c>.</param>
/// <param name="Folder">Folder under <c>$out</c> for <see cref="BindingRole.Checkpoint"/>; with <c>*</c> at its end the number of the epoch follows.</param>
/// <param name="Optimizer">The optimizer's variable with its role and initial value for <see cref="BindingRole.OptimizerSlot"/>.</param>
internal sealed record ScriptBinding(BindingRole Role, string Name, bool IsArgument, int Index = 0, ModelParameter? Parameter = null, string? Slot = null, OptimizerVariableSpec? Optimizer = null, string? Folder = null);
