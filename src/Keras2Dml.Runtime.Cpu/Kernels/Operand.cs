using System.Numerics;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Kernels;

/// <summary>An input of a kernel as cells of one element kind: a scalar, a matrix, or a converted copy of a matrix of the other kind.</summary>
internal unsafe ref struct Operand<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T* Data;
    public int Rows, Columns;
    public bool IsScalar;
    public T Value;
    private Matrix? copy;

    public readonly long Length => (long)Rows * Columns;

    /// <summary>True when <see cref="Data"/> is the input's own memory.</summary>
    public readonly bool IsOwn => copy is null && !IsScalar;

    /// <summary>The input, converted when necessary. Dispose it before the kernel returns.</summary>
    public static Operand<T> Of(ref KernelCall call, int input)
    {
        Value value = call.Inputs[input];
        if (value.Tag != ValueTag.Matrix)
        {
            return new Operand<T> { IsScalar = true, Value = T.CreateTruncating(value.AsDouble()), Rows = 1, Columns = 1 };
        }

        Matrix m = value.AsMatrix();
        var operand = new Operand<T> { Rows = m.Rows, Columns = m.Columns };
        if (m.Type == Element.TypeOf<T>())
        {
            operand.Data = (T*)m.Data;
        }
        else
        {
            operand.copy = call.Pool.Rent(m.Rows, m.Columns, Element.TypeOf<T>());
            operand.Data = (T*)operand.copy.Data;
            Element.Convert(m, operand.copy);
        }

        return operand;
    }

    public readonly void Dispose() => copy?.Release();
}
