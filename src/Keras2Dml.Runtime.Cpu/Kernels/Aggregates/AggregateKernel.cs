using System.Numerics;
using System.Runtime.CompilerServices;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Kernels.Aggregates;

/// <summary>A fold over all cells, each row or each column.</summary>
internal static unsafe class AggregateKernel<TAggregate>
    where TAggregate : unmanaged, IAggregate<TAggregate>
{
    private const int ColumnStrip = 64;

    private struct Job
    {
        public void* From;
        public bool Single;
        public int Rows, Columns, Parts;
        public TAggregate* States;
        public void* To;
    }

    /// <summary>Scalar over all cells.</summary>
    public static void All(ref KernelCall call)
    {
        if (call.Inputs[0].Tag != ValueTag.Matrix)
        {
            TAggregate one = TAggregate.Start;
            one.Add(call.Number(0));
            call.Return(0, one.Value(1));
            return;
        }

        Matrix a = call.Matrix(0);
        int parts = Partition.Parts(a.Length, 1);
        TAggregate* states = stackalloc TAggregate[parts];
        var job = new Job { From = a.Data, Single = a.Type == MatrixType.Single, Rows = a.Rows, Columns = a.Columns, Parts = parts, States = states };
        call.Threads.Run(parts, &job, &AllPart);
        TAggregate total = states[0];
        for (int i = 1; i < parts; i++)
        {
            total.Join(states[i]);
        }

        call.Return(0, total.Value(a.Length));
    }

    /// <summary>Rows x 1.</summary>
    public static void Rows(ref KernelCall call)
    {
        Matrix a = call.Matrix(0);
        Matrix result = call.Pool.Rent(a.Rows, 1, a.Type);
        var job = new Job { From = a.Data, Single = a.Type == MatrixType.Single, Rows = a.Rows, Columns = a.Columns, Parts = Partition.Parts(a.Rows, a.Columns), To = result.Data };
        call.Threads.Run(job.Parts, &job, &RowPart);
        call.Return(0, result);
    }

    /// <summary>1 x columns.</summary>
    public static void Columns(ref KernelCall call)
    {
        Matrix a = call.Matrix(0);
        Matrix result = call.Pool.Rent(1, a.Columns, a.Type);
        int strips = (a.Columns + ColumnStrip - 1) / ColumnStrip;
        var job = new Job { From = a.Data, Single = a.Type == MatrixType.Single, Rows = a.Rows, Columns = a.Columns, Parts = Partition.Parts(strips, (long)a.Rows * ColumnStrip), To = result.Data };
        call.Threads.Run(job.Parts, &job, &ColumnPart);
        call.Return(0, result);
    }

    private static void AllPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        long length = (long)job.Rows * job.Columns;
        long begin = Partition.Begin(length, job.Parts, part), end = Partition.Begin(length, job.Parts, part + 1);
        job.States[part] = job.Single ? Fold((float*)job.From + begin, end - begin) : Fold((double*)job.From + begin, end - begin);
    }

    private static void RowPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        long end = Partition.Begin(job.Rows, job.Parts, part + 1);
        for (long i = Partition.Begin(job.Rows, job.Parts, part); i < end; i++)
        {
            if (job.Single)
            {
                ((float*)job.To)[i] = (float)Fold((float*)job.From + i * job.Columns, job.Columns).Value(job.Columns);
            }
            else
            {
                ((double*)job.To)[i] = Fold((double*)job.From + i * job.Columns, job.Columns).Value(job.Columns);
            }
        }
    }

    private static void ColumnPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        if (job.Single)
        {
            ColumnPart<float>(ref job, part);
        }
        else
        {
            ColumnPart<double>(ref job, part);
        }
    }

    private static void ColumnPart<T>(ref Job job, int part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int strips = (job.Columns + ColumnStrip - 1) / ColumnStrip;
        long end = Partition.Begin(strips, job.Parts, part + 1);
        TAggregate* states = stackalloc TAggregate[ColumnStrip];
        for (long s = Partition.Begin(strips, job.Parts, part); s < end; s++)
        {
            int first = (int)s * ColumnStrip, n = Math.Min(ColumnStrip, job.Columns - first);
            new Span<TAggregate>(states, n).Fill(TAggregate.Start);
            for (int i = 0; i < job.Rows; i++)
            {
                T* row = (T*)job.From + (long)i * job.Columns + first;
                for (int j = 0; j < n; j++)
                {
                    states[j].Add(double.CreateTruncating(row[j]));
                }
            }

            for (int j = 0; j < n; j++)
            {
                ((T*)job.To)[first + j] = T.CreateTruncating(states[j].Value(job.Rows));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TAggregate Fold<T>(T* x, long n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TAggregate state = TAggregate.Start;
        for (long i = 0; i < n; i++)
        {
            state.Add(double.CreateTruncating(x[i]));
        }

        return state;
    }
}
