namespace Keras2Dml.Core.Random;

/// <summary>Philox4x32-10 (Salmon et al., Parallel random numbers: as easy as 1, 2, 3, 2011): blocks of four words by key and counter.</summary>
internal readonly struct Philox
{
    private const long SeedModulus = int.MaxValue - 1L;
    private readonly uint key0;
    private readonly uint key1;
    private readonly ulong counterLow;
    private readonly ulong counterHigh;

    public Philox(uint key0, uint key1, ulong counterLow, ulong counterHigh)
    {
        this.key0 = key0;
        this.key1 = key1;
        this.counterLow = counterLow;
        this.counterHigh = counterHigh;
    }

    /// <summary>
    /// The stream of Keras's state [seed, counter] on TensorFlow: both are taken modulo 2^31 - 2 (floored) and scrambled by one block
    /// (tensorflow/core/kernels/stateless_random_ops.cc, ScramblePhilox).
    /// </summary>
    public static Philox FromSeed(long seed, long counter = 0)
    {
        Span<uint> mixed = stackalloc uint[4];
        Block(Floored(seed), Floored(counter), 0x3ec8f720, 0x02461e29, mixed);
        return new Philox(mixed[0], mixed[1], 0, mixed[2] | ((ulong)mixed[3] << 32));
    }

    /// <summary>The four words of block <paramref name="index"/>.</summary>
    public void Words(ulong index, Span<uint> words)
    {
        ulong low = unchecked(counterLow + index);
        Block(low, counterHigh + (low < index ? 1UL : 0), key0, key1, words);
    }

    private static ulong Floored(long value) => (ulong)(((value % SeedModulus) + SeedModulus) % SeedModulus);

    private static void Block(ulong low, ulong high, uint k0, uint k1, Span<uint> words)
    {
        (uint c0, uint c1, uint c2, uint c3) = ((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32));
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0;
            ulong p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 = unchecked(k0 + 0x9E3779B9);
            k1 = unchecked(k1 + 0xBB67AE85);
        }

        (words[0], words[1], words[2], words[3]) = (c0, c1, c2, c3);
    }
}
