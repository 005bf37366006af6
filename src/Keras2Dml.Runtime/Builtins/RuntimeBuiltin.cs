using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Execution;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>A built-in that the runtime executes itself: lists, casts, text, input and output.</summary>
internal delegate void RuntimeBuiltin(ref BuiltinContext call);

/// <summary>One call of a runtime built-in. Inputs stay with the caller; each output gets a holder's count of its own.</summary>
internal readonly ref struct BuiltinContext(Interpreter interpreter, Instruction instruction, Span<Value> inputs, Span<Value> outputs)
{
    public readonly Interpreter Interpreter = interpreter;
    public readonly Instruction Instruction = instruction;
    public readonly Span<Value> Inputs = inputs;
    public readonly Span<Value> Outputs = outputs;

    public ExecutionContext Context => Interpreter.Context;

    public BufferPool Pool => Context.Pool;

    public Matrix Matrix(int index) => Inputs[index].AsMatrix();

    public string Text(int index) => Inputs[index].Tag == ValueTag.String ? Inputs[index].AsString() : Interpreter.Program.TextOf(Inputs[index].ToScalar());

    public int Integer(int index) => checked((int)Inputs[index].AsInteger());

    public bool IsDying(int index) => (Instruction.Dying >> index & 1) != 0;

    public void Return(Value value) => Outputs[0] = value;
}
