using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Keras2Dml.Dml.Operators;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>A cell program with its loops found and its buffers assigned; made once, kept with the program.</summary>
internal sealed unsafe class PreparedChain
{
    // Pinned; keeps the memory behind Steps alive.
    private readonly PreparedStep[] steps;

    private PreparedChain(int inputs, int count, int buffers)
    {
        Inputs = inputs;
        Count = count;
        Buffers = buffers;
        steps = GC.AllocateArray<PreparedStep>(count, pinned: true);
        Steps = (PreparedStep*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(steps));
    }

    public int Inputs { get; }

    public int Count { get; }

    public int Buffers { get; }

    public PreparedStep* Steps { get; }

    /// <summary>The prepared form of a program.</summary>
    public static PreparedChain Of(CellProgram program)
    {
        if (program.Prepared is PreparedChain ready)
        {
            return ready;
        }

        CellStep[] source = program.Steps;
        int[] lastUse = new int[source.Length];
        for (int i = 0; i < source.Length; i++)
        {
            foreach (int operand in (ReadOnlySpan<int>)[source[i].A, source[i].B, source[i].C])
            {
                if (operand >= program.Inputs)
                {
                    lastUse[operand - program.Inputs] = i;
                }
            }
        }

        // A buffer is free again for the very step that reads it last: loops read a cell before they write it.
        int[] buffer = new int[source.Length];
        var free = new Stack<int>();
        int buffers = 0;
        for (int i = 0; i < source.Length; i++)
        {
            foreach (int operand in new HashSet<int> { source[i].A, source[i].B, source[i].C })
            {
                if (operand >= program.Inputs && lastUse[operand - program.Inputs] == i)
                {
                    free.Push(buffer[operand - program.Inputs]);
                }
            }

            buffer[i] = free.TryPop(out int reused) ? reused : buffers++;
        }

        var chain = new PreparedChain(program.Inputs, source.Length, buffers);
        for (int i = 0; i < source.Length; i++)
        {
            CellFunction function = ElementwiseTable.Functions[source[i].Operator];
            chain.Steps[i] = new PreparedStep
            {
                Single = function.Single, Double = function.Double, Inputs = function.Inputs, A = source[i].A, B = source[i].B, C = source[i].C, Buffer = buffer[i],
            };
        }

        program.Prepared = chain;
        return chain;
    }
}
