using System.Numerics;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>f(a, b) cell by cell, vector by vector; both forms give the same bits.</summary>
internal interface IBinaryFunction
{
    /// <summary>False when only <see cref="Scalar"/> exists.</summary>
    static abstract bool HasVector { get; }

    static abstract T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    static abstract Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
