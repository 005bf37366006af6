using Keras2Dml.Dml.Semantics;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Execution;

/// <summary>Cellwise operators when all inputs are scalars.</summary>
internal static class ScalarExecution
{
    public static Value Run(string name, ReadOnlySpan<Value> inputs, Func<Scalar, string> textOf)
    {
        if (name == "ifelse")
        {
            return inputs[0].AsBoolean() ? inputs[1] : inputs[2];
        }

        return Value.Of(inputs.Length == 1
            ? ScalarOperations.Unary(name, inputs[0].ToScalar())
            : ScalarOperations.Binary(name, inputs[0].ToScalar(), inputs[1].ToScalar(), textOf));
    }
}
