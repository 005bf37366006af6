namespace Keras2Dml.Runtime.Cpu.Kernels.Random;

/// <summary>The linear congruential generator of java.util.Random.</summary>
internal struct JavaRandom
{
    private const ulong Mask = (1UL << 48) - 1;
    private ulong state;

    public JavaRandom(long seed)
    {
        state = ((ulong)seed ^ 0x5DEECE66DUL) & Mask;
    }

    public int NextInt() => (int)Next(32);

    /// <summary>Uniform in 0 .. bound - 1.</summary>
    public int NextInt(int bound)
    {
        if ((bound & -bound) == bound)
        {
            return (int)((bound * (long)Next(31)) >> 31);
        }

        while (true)
        {
            int bits = (int)Next(31), value = bits % bound;
            if (unchecked(bits - value + (bound - 1)) >= 0)
            {
                return value;
            }
        }
    }

    public long NextLong() => unchecked(((long)NextInt() << 32) + NextInt());

    public double NextDouble() => (((long)Next(26) << 27) + Next(27)) * (1.0 / (1L << 53));

    private uint Next(int bits)
    {
        state = (state * 0x5DEECE66DUL + 0xB) & Mask;
        return (uint)(state >> (48 - bits));
    }
}
