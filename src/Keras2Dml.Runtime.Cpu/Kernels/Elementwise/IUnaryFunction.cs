namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>y[i] = f(x[i]) for a run of cells; x and y may be the same memory.</summary>
internal interface IUnaryFunction
{
    static abstract void Apply(ReadOnlySpan<double> x, Span<double> y);

    static abstract void Apply(ReadOnlySpan<float> x, Span<float> y);
}
