using System.Runtime.InteropServices;
using Keras2Dml.Runtime.Cpu.Kernels.Generated;

namespace Keras2Dml.Runtime.Cpu.Kernels.Multiply;

/// <summary>The micro-kernels of one element kind and instruction set, and the size of their register tile.</summary>
/// <remarks>A kernel computes C[rows x Columns] (+)= A * B from A packed k-major and B with a row stride; see eng/micro-kernels.</remarks>
internal readonly unsafe struct MicroKernelSet<T>
    where T : unmanaged
{
    private static readonly MicroKernelSet<T>[] Sets = [new(InstructionSet.Portable), new(InstructionSet.Avx2), new(InstructionSet.Avx512)];

    private MicroKernelSet(InstructionSet set)
    {
        InstructionSet = set;
        bool single = sizeof(T) == 4;
        (Rows, Columns) = (set, single) switch
        {
            (InstructionSet.Avx512, true) => (MicroKernels512Single.Rows, MicroKernels512Single.Columns),
            (InstructionSet.Avx512, false) => (MicroKernels512Double.Rows, MicroKernels512Double.Columns),
            (InstructionSet.Avx2, true) => (MicroKernels256Single.Rows, MicroKernels256Single.Columns),
            (InstructionSet.Avx2, false) => (MicroKernels256Double.Rows, MicroKernels256Double.Columns),
            (_, true) => (MicroKernels128Single.Rows, MicroKernels128Single.Columns),
            (_, false) => (MicroKernels128Double.Rows, MicroKernels128Double.Columns),
        };
        Packed = (delegate*<nint, T*, T*, nint, T*, nint, nint, void>*)NativeMemory.AllocZeroed((nuint)(Rows + 1), (nuint)sizeof(void*));
        Strided = (delegate*<nint, T*, T*, nint, T*, nint, nint, void>*)NativeMemory.AllocZeroed((nuint)(Rows + 1), (nuint)sizeof(void*));
        Fill(set, single, Packed, Strided);
    }

    /// <summary>The kernels for this processor.</summary>
    public static MicroKernelSet<T> Best => Sets[(int)Processor.Best];

    public InstructionSet InstructionSet { get; }

    /// <summary>Most rows of a tile.</summary>
    public int Rows { get; }

    /// <summary>Columns of a tile.</summary>
    public int Columns { get; }

    /// <summary>Kernels by number of rows for B in panels of <see cref="Columns"/>.</summary>
    public delegate*<nint, T*, T*, nint, T*, nint, nint, void>* Packed { get; }

    /// <summary>Kernels by number of rows for B where it lies.</summary>
    public delegate*<nint, T*, T*, nint, T*, nint, nint, void>* Strided { get; }

    /// <summary>The kernels of a given set, for tests that compare them.</summary>
    public static MicroKernelSet<T> Of(InstructionSet set) => Sets[(int)set];

    private static void Fill(InstructionSet set, bool single, void* packed, void* strided)
    {
        if (single)
        {
            var p = (delegate*<nint, float*, float*, nint, float*, nint, nint, void>*)packed;
            var s = (delegate*<nint, float*, float*, nint, float*, nint, nint, void>*)strided;
            switch (set)
            {
                case InstructionSet.Avx512: MicroKernels512Single.Fill(p, s); break;
                case InstructionSet.Avx2: MicroKernels256Single.Fill(p, s); break;
                default: MicroKernels128Single.Fill(p, s); break;
            }
        }
        else
        {
            var p = (delegate*<nint, double*, double*, nint, double*, nint, nint, void>*)packed;
            var s = (delegate*<nint, double*, double*, nint, double*, nint, nint, void>*)strided;
            switch (set)
            {
                case InstructionSet.Avx512: MicroKernels512Double.Fill(p, s); break;
                case InstructionSet.Avx2: MicroKernels256Double.Fill(p, s); break;
                default: MicroKernels128Double.Fill(p, s); break;
            }
        }
    }
}
