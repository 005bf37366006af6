using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Keras2Dml.Runtime.Cpu.Kernels;

/// <summary>The one place that looks at the processor.</summary>
internal static class Processor
{
    /// <summary>Instruction set of the kernels in this process.</summary>
    /// <remarks>
    /// Besides the processor, the code's own target counts: in a native build for an older target, wide vectors would run as software.
    /// </remarks>
    public static readonly InstructionSet Best =
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? InstructionSet.Avx512
        : Vector256.IsHardwareAccelerated && Avx2.IsSupported && Fma.IsSupported ? InstructionSet.Avx2
        : InstructionSet.Portable;

    /// <summary>True when the processor can run the set.</summary>
    public static bool Has(InstructionSet set) => set <= Best;
}
