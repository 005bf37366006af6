using System.Numerics;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Threads;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>Runs a chain of cellwise operators chunk by chunk, so that intermediate results stay in the first-level cache.</summary>
internal static unsafe class ChainKernel
{
    private const int Chunk = 512;
    private const int MostInputs = 32;
    private const int MostSteps = 96;

    private enum Shape : byte
    {
        Full,
        Row,
        Column,
        Scalar,
    }

    private struct Input
    {
        public void* Data;
        public Shape Shape;
        public double Value;
    }

    private struct Job
    {
        public PreparedStep* Steps;
        public Input* Inputs;
        public int InputCount, StepCount, Rows, Columns, Parts;

        /// <summary>No vectors: the matrix is one long row.</summary>
        public bool Flat;
        public byte* To, Scratch;
        public nint ScratchBytes;
    }

    public static void Run(ref KernelCall call)
    {
        var program = (CellProgram)call.Program!;
        if (Element.Common(ref call) == MatrixType.Single)
        {
            Run<float>(ref call, PreparedChain.Of(program));
        }
        else
        {
            Run<double>(ref call, PreparedChain.Of(program));
        }
    }

    private static void Run<T>(ref KernelCall call, PreparedChain chain)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (chain.Inputs > MostInputs || chain.Count > MostSteps)
        {
            throw new InvalidOperationException("A cell program is too long.");
        }

        int rows = 0, columns = 0;
        for (int i = 0; i < chain.Inputs; i++)
        {
            if (call.Inputs[i].Tag == ValueTag.Matrix)
            {
                rows = Math.Max(rows, call.Matrix(i).Rows);
                columns = Math.Max(columns, call.Matrix(i).Columns);
            }
        }

        Input* inputs = stackalloc Input[MostInputs];
        var copies = new Copies();
        ulong own = 0;
        bool flat = true;
        MatrixType type = Element.TypeOf<T>();
        for (int i = 0; i < chain.Inputs; i++)
        {
            if (call.Inputs[i].Tag != ValueTag.Matrix)
            {
                inputs[i] = new Input { Shape = Shape.Scalar, Value = call.Inputs[i].AsDouble() };
                continue;
            }

            Matrix m = call.Matrix(i);
            Shape shape = m.Rows == rows && m.Columns == columns ? Shape.Full
                : m.Rows == 1 && m.Columns == columns ? Shape.Row
                : m.Columns == 1 && m.Rows == rows ? Shape.Column
                : throw KernelErrors.OperandShapes.With(rows, columns, m.Rows, m.Columns);
            flat &= shape == Shape.Full;
            if (m.Type != type)
            {
                Matrix converted = call.Pool.Rent(m.Rows, m.Columns, type);
                Element.Convert(m, converted);
                copies[i] = converted;
                m = converted;
            }
            else if (shape == Shape.Full)
            {
                own |= 1ul << i;
            }

            inputs[i] = new Input { Data = m.Data, Shape = shape };
        }

        Matrix result = Result.Reusing(ref call, own, rows, columns, type);
        var job = new Job
        {
            Steps = chain.Steps, Inputs = inputs, InputCount = chain.Inputs, StepCount = chain.Count, Rows = rows, Columns = columns, Flat = flat,
            To = (byte*)result.Data, ScratchBytes = (nint)(chain.Buffers * Chunk + chain.Inputs + 64) * sizeof(T),
        };
        job.ScratchBytes = (job.ScratchBytes + 127) / 128 * 128;
        job.Parts = flat ? Partition.Parts((long)rows * columns, 1, Partition.Grain / 2) : Partition.Parts(rows, columns, Partition.Grain / 2);
        Matrix scratch = Scratch.Rent(call.Pool, job.ScratchBytes * Math.Min(job.Parts, call.Threads.Count));
        job.Scratch = (byte*)scratch.Data;
        call.Threads.Run(job.Parts, &job, &Part<T>);
        scratch.Release();
        for (int i = 0; i < chain.Inputs; i++)
        {
            copies[i]?.Release();
        }

        GC.KeepAlive(chain);
        call.Return(0, result);
    }

    private static void Part<T>(void* state, int part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref Job job = ref *(Job*)state;
        T* scratch = (T*)(job.Scratch + WorkerPool.ThreadIndex * job.ScratchBytes);
        if (job.Flat)
        {
            long length = (long)job.Rows * job.Columns, end = Partition.Begin(length, job.Parts, part + 1);
            for (long i = Partition.Begin(length, job.Parts, part); i < end; i += Chunk)
            {
                Cells(ref job, scratch, 0, i, (int)Math.Min(Chunk, end - i));
            }

            return;
        }

        long last = Partition.Begin(job.Rows, job.Parts, part + 1);
        for (long row = Partition.Begin(job.Rows, job.Parts, part); row < last; row++)
        {
            for (int j = 0; j < job.Columns; j += Chunk)
            {
                Cells(ref job, scratch, row, j, Math.Min(Chunk, job.Columns - j));
            }
        }
    }

    // Cells column .. column + n - 1 of a row.
    private static void Cells<T>(ref Job job, T* scratch, long row, long column, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T** operands = stackalloc T*[MostInputs + MostSteps];
        bool* constant = stackalloc bool[MostInputs + MostSteps];
        T* buffers = scratch + ((job.InputCount + 31) & ~31);
        for (int i = 0; i < job.InputCount; i++)
        {
            ref Input input = ref job.Inputs[i];
            switch (input.Shape)
            {
                case Shape.Full:
                    operands[i] = (T*)input.Data + row * job.Columns + column;
                    constant[i] = false;
                    break;
                case Shape.Row:
                    operands[i] = (T*)input.Data + column;
                    constant[i] = false;
                    break;
                case Shape.Column:
                    operands[i] = (T*)input.Data + row;
                    constant[i] = true;
                    break;
                default:
                    scratch[i] = T.CreateTruncating(input.Value);
                    operands[i] = scratch + i;
                    constant[i] = true;
                    break;
            }
        }

        T* to = (T*)job.To + row * job.Columns + column;
        for (int i = 0; i < job.StepCount; i++)
        {
            ref PreparedStep step = ref job.Steps[i];
            bool last = i == job.StepCount - 1;
            bool fixedA = constant[step.A], fixedB = step.Inputs < 2 || constant[step.B], fixedC = step.Inputs < 3 || constant[step.C];
            bool all = fixedA && fixedB && fixedC;
            int count = all ? 1 : n;
            T* d = last && !all ? to : buffers + step.Buffer * Chunk;
            void* loop = sizeof(T) == 4 ? step.Single : step.Double;
            switch (step.Inputs)
            {
                case 1:
                    ((delegate*<T*, T*, int, void>)loop)(operands[step.A], d, count);
                    break;
                case 2:
                    ((delegate*<T*, bool, T*, bool, T*, nint, void>)loop)(operands[step.A], fixedA, operands[step.B], fixedB, d, count);
                    break;
                default:
                    ((delegate*<T*, bool, T*, bool, T*, bool, T*, nint, void>)loop)(operands[step.A], fixedA, operands[step.B], fixedB, operands[step.C], fixedC, d, count);
                    break;
            }

            if (last && all)
            {
                new Span<T>(to, n).Fill(*d);
            }

            operands[job.InputCount + i] = d;
            constant[job.InputCount + i] = all;
        }
    }

    [System.Runtime.CompilerServices.InlineArray(MostInputs)]
    private struct Copies
    {
        private Matrix? first;
    }
}
