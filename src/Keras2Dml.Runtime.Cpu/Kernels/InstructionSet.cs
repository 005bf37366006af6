namespace Keras2Dml.Runtime.Cpu.Kernels;

/// <summary>Which micro-kernels run; all give correct results, the widest that the processor has is chosen at start.</summary>
internal enum InstructionSet
{
    /// <summary>128-bit vectors of any processor (AdvSimd, SSE), software where there are none.</summary>
    Portable,

    /// <summary>AVX2 and FMA.</summary>
    Avx2,

    /// <summary>AVX-512.</summary>
    Avx512,
}
