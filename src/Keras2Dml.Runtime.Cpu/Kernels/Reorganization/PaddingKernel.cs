using System.Numerics;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Reorganization;

/// <summary>Adds a border to images in channel, height, width order, or takes it off.</summary>
internal static unsafe class PaddingKernel
{
    private struct Job
    {
        public byte* From, To;
        public int H, W, Top, Left, PaddedH, PaddedW, Size, Parts;
        public double Value;
        public long Planes;
    }

    // Inputs: X, C, H, W, top, bottom, left, right, value.
    public static void Pad(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        int c = call.Integer(1), h = call.Integer(2), w = call.Integer(3);
        int top = call.Integer(4), bottom = call.Integer(5), left = call.Integer(6), right = call.Integer(7);
        Matrix result = call.Pool.Rent(x.Rows, c * (h + top + bottom) * (w + left + right), x.Type);
        var job = new Job
        {
            From = (byte*)x.Data, To = (byte*)result.Data, H = h, W = w, Top = top, Left = left, PaddedH = h + top + bottom, PaddedW = w + left + right,
            Size = Element.Size(x.Type), Value = call.Number(8), Planes = (long)x.Rows * c,
        };
        job.Parts = Partition.Parts(job.Planes, (long)job.PaddedH * job.PaddedW);
        call.Threads.Run(job.Parts, &job, x.Type == MatrixType.Single ? &PadPart<float> : &PadPart<double>);
        call.Return(0, result);
    }

    // Inputs: X, C, H, W (of the result), top, bottom, left, right.
    public static void Crop(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        int c = call.Integer(1), h = call.Integer(2), w = call.Integer(3);
        int top = call.Integer(4), bottom = call.Integer(5), left = call.Integer(6), right = call.Integer(7);
        Matrix result = call.Pool.Rent(x.Rows, c * h * w, x.Type);
        var job = new Job
        {
            From = (byte*)x.Data, To = (byte*)result.Data, H = h, W = w, Top = top, Left = left, PaddedH = h + top + bottom, PaddedW = w + left + right,
            Size = Element.Size(x.Type), Planes = (long)x.Rows * c,
        };
        job.Parts = Partition.Parts(job.Planes, (long)h * w);
        call.Threads.Run(job.Parts, &job, &CropPart);
        call.Return(0, result);
    }

    private static void PadPart<T>(void* state, int part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref Job job = ref *(Job*)state;
        T value = T.CreateTruncating(job.Value);
        long end = Partition.Begin(job.Planes, job.Parts, part + 1);
        for (long i = Partition.Begin(job.Planes, job.Parts, part); i < end; i++)
        {
            T* to = (T*)job.To + i * job.PaddedH * job.PaddedW;
            T* from = (T*)job.From + i * job.H * job.W;
            new Span<T>(to, job.PaddedH * job.PaddedW).Fill(value);
            CopyKernel.CopyBlock((byte*)from, (long)job.W * sizeof(T), (byte*)(to + job.Top * job.PaddedW + job.Left), (long)job.PaddedW * sizeof(T), job.H, (long)job.W * sizeof(T));
        }
    }

    private static void CropPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        long end = Partition.Begin(job.Planes, job.Parts, part + 1);
        for (long i = Partition.Begin(job.Planes, job.Parts, part); i < end; i++)
        {
            byte* from = job.From + (i * job.PaddedH * job.PaddedW + (long)job.Top * job.PaddedW + job.Left) * job.Size;
            byte* to = job.To + i * job.H * job.W * job.Size;
            CopyKernel.CopyBlock(from, (long)job.PaddedW * job.Size, to, (long)job.W * job.Size, job.H, (long)job.W * job.Size);
        }
    }
}
