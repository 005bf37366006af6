using Keras2Dml.Core.Memory;
using Keras2Dml.Core.Random;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Random;

/// <summary>Uniform, normal and truncated normal draws of a Philox stream, bit for bit as TensorFlow's CPU kernels draw them.</summary>
/// <remarks>
/// Inputs: seed, counter, rows, columns. The plain operators draw float32 numbers, those with 64 float64 numbers; the result's kind is the
/// instruction's. Each block of the stream gives four words; parts start at whole blocks, so the numbers do not depend on the partition.
/// Bit equality of normal numbers rests on the C library's logf, sinf and cosf.
/// </remarks>
internal static unsafe class PhiloxKernel
{
    private const int BlocksPerPart = 4096;

    private struct Job
    {
        public Philox Stream;
        public void* To;
        public bool Single;
        public long Length;
        public int BlockCells;
        public delegate*<in Philox, long, Span<double>, void> Draw;
    }

    /// <summary>float32 numbers in [0, 1): 23 bits of each word.</summary>
    public static void Uniform(ref KernelCall call) => Run(ref call, 4, &UniformBlock);

    /// <summary>float64 numbers in [0, 1): 20 bits of one word above the 32 of the next.</summary>
    public static void Uniform64(ref KernelCall call) => Run(ref call, 2, &UniformBlock64);

    /// <summary>Standard normal float32 numbers (Box-Muller).</summary>
    public static void Normal(ref KernelCall call) => Run(ref call, 4, &NormalBlock);

    /// <summary>Standard normal float64 numbers.</summary>
    public static void Normal64(ref KernelCall call) => Run(ref call, 2, &NormalBlock64);

    /// <summary>Standard normal float32 numbers of magnitude below 2.</summary>
    public static void TruncatedNormal(ref KernelCall call) => Run(ref call, 4, &TruncatedBlock);

    /// <summary>Standard normal float64 numbers of magnitude below 2.</summary>
    public static void TruncatedNormal64(ref KernelCall call) => Run(ref call, 2, &TruncatedBlock64);

    private static void Run(ref KernelCall call, int blockCells, delegate*<in Philox, long, Span<double>, void> draw)
    {
        Matrix result = call.Pool.Rent(call.Integer(2), call.Integer(3), call.Precision);
        var job = new Job
        {
            Stream = Philox.FromSeed(call.Inputs[0].AsInteger(), call.Inputs[1].AsInteger()),
            To = result.Data, Single = result.Type == MatrixType.Single, Length = result.Length, BlockCells = blockCells, Draw = draw,
        };
        long blocks = (result.Length + blockCells - 1) / blockCells;
        call.Threads.Run(checked((int)((blocks + BlocksPerPart - 1) / BlocksPerPart)), &job, &Part);
        call.Return(0, result);
    }

    private static void Part(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        Span<double> cells = stackalloc double[4];
        cells = cells[..job.BlockCells];
        long end = (job.Length + job.BlockCells - 1) / job.BlockCells;
        end = Math.Min(end, (part + 1L) * BlocksPerPart);
        for (long block = (long)part * BlocksPerPart; block < end; block++)
        {
            job.Draw(job.Stream, block, cells);
            long first = block * job.BlockCells;
            for (int i = 0; i < cells.Length && first + i < job.Length; i++)
            {
                if (job.Single)
                {
                    ((float*)job.To)[first + i] = (float)cells[i];
                }
                else
                {
                    ((double*)job.To)[first + i] = cells[i];
                }
            }
        }
    }

    private static void UniformBlock(in Philox stream, long block, Span<double> to)
    {
        Span<uint> words = stackalloc uint[4];
        stream.Words((ulong)block, words);
        for (int i = 0; i < 4; i++)
        {
            to[i] = ToFloat(words[i]);
        }
    }

    private static void UniformBlock64(in Philox stream, long block, Span<double> to)
    {
        Span<uint> words = stackalloc uint[4];
        stream.Words((ulong)block, words);
        to[0] = ToDouble(words[0], words[1]);
        to[1] = ToDouble(words[2], words[3]);
    }

    private static void NormalBlock(in Philox stream, long block, Span<double> to)
    {
        Span<uint> words = stackalloc uint[4];
        stream.Words((ulong)block, words);
        BoxMuller(words[0], words[1], out float a, out float b);
        BoxMuller(words[2], words[3], out float c, out float d);
        to[0] = a;
        to[1] = b;
        to[2] = c;
        to[3] = d;
    }

    private static void NormalBlock64(in Philox stream, long block, Span<double> to)
    {
        Span<uint> words = stackalloc uint[4];
        stream.Words((ulong)block, words);
        BoxMuller64(words, out to[0], out to[1]);
    }

    // A group of 4 numbers has 256 blocks of its own, so that rejections do not shift the other groups.
    private static void TruncatedBlock(in Philox stream, long group, Span<double> to)
    {
        Span<uint> words = stackalloc uint[4];
        int n = 0;
        for (ulong block = (ulong)group * 256; n < 4; block++)
        {
            stream.Words(block, words);
            for (int pair = 0; pair < 4 && n < 4; pair += 2)
            {
                BoxMuller(words[pair], words[pair + 1], out float a, out float b);
                if (MathF.Abs(a) < 2)
                {
                    to[n++] = a;
                }

                if (n < 4 && MathF.Abs(b) < 2)
                {
                    to[n++] = b;
                }
            }
        }
    }

    private static void TruncatedBlock64(in Philox stream, long group, Span<double> to)
    {
        Span<uint> words = stackalloc uint[4];
        int n = 0;
        for (ulong block = (ulong)group * 128; n < 2; block++)
        {
            stream.Words(block, words);
            BoxMuller64(words, out double a, out double b);
            if (Math.Abs(a) < 2)
            {
                to[n++] = a;
            }

            if (n < 2 && Math.Abs(b) < 2)
            {
                to[n++] = b;
            }
        }
    }

    private static float ToFloat(uint word) => BitConverter.UInt32BitsToSingle(127u << 23 | (word & 0x7FFFFF)) - 1;

    private static double ToDouble(uint high, uint low) => BitConverter.UInt64BitsToDouble(1023UL << 52 | (ulong)(high & 0xFFFFF) << 32 | low) - 1;

    private static void BoxMuller(uint x0, uint x1, out float sine, out float cosine)
    {
        float u = MathF.Max(ToFloat(x0), 1e-7f);
        float angle = (float)(2 * Math.PI * ToFloat(x1));
        float radius = MathF.Sqrt(-2 * MathF.Log(u));
        sine = MathF.Sin(angle) * radius;
        cosine = MathF.Cos(angle) * radius;
    }

    private static void BoxMuller64(ReadOnlySpan<uint> words, out double sine, out double cosine)
    {
        double u = Math.Max(ToDouble(words[0], words[1]), 1e-7);
        double angle = 2 * Math.PI * ToDouble(words[2], words[3]);
        double radius = Math.Sqrt(-2 * Math.Log(u));
        sine = Math.Sin(angle) * radius;
        cosine = Math.Cos(angle) * radius;
    }
}
