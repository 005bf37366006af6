namespace Keras2Dml.Runtime.Cpu.Kernels.Random;

/// <summary>Philox4x32-10 (Salmon et al. 2011) with key and counter as Keras on TensorFlow derives them from a SeedGenerator's state.</summary>
internal struct Philox
{
    private readonly uint key0, key1, counter2, counter3;

    private Philox(uint key0, uint key1, uint counter2, uint counter3)
    {
        this.key0 = key0;
        this.key1 = key1;
        this.counter2 = counter2;
        this.counter3 = counter3;
    }

    /// <summary>The stream of the state [seed, counter]; both are taken modulo 2^31 - 2, scrambled by one block.</summary>
    public static Philox FromSeed(long seed, long counter)
    {
        const long Modulus = 2147483646;
        ulong s0 = (ulong)((seed % Modulus + Modulus) % Modulus), s1 = (ulong)((counter % Modulus + Modulus) % Modulus);
        Span<uint> m = stackalloc uint[4];
        Block((uint)s0, (uint)(s0 >> 32), (uint)s1, (uint)(s1 >> 32), 0x3ec8f720, 0x02461e29, m);
        return new Philox(m[0], m[1], m[2], m[3]);
    }

    /// <summary>The four words of a block of the stream.</summary>
    public readonly void Words(ulong index, Span<uint> words)
    {
        // The counter is (0, 0, m2, m3) as one 128-bit number, least significant word first.
        Block((uint)index, (uint)(index >> 32), counter2, counter3, key0, key1, words);
    }

    private static void Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, Span<uint> words)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0, p1 = 0xCD9E8D57UL * c2;
            uint n0 = (uint)(p1 >> 32) ^ c1 ^ k0, n2 = (uint)(p0 >> 32) ^ c3 ^ k1;
            c1 = (uint)p1;
            c3 = (uint)p0;
            c0 = n0;
            c2 = n2;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        words[0] = c0;
        words[1] = c1;
        words[2] = c2;
        words[3] = c3;
    }
}
