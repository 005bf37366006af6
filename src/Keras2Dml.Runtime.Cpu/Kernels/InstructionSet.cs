using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

/// <summary>The one place that looks at the processor.</summary>
internal static class Processor
{
    /// <summary>Instruction set of the kernels in this process.</summary>
    public static readonly InstructionSet Best =
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? InstructionSet.Avx512
        : Avx2.IsSupported && Fma.IsSupported ? InstructionSet.Avx2
        : InstructionSet.Portable;

    /// <summary>True when the processor can run the set.</summary>
    public static bool Has(InstructionSet set) => set <= Best;
}
