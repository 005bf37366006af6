namespace Keras2Dml.Runtime.Cpu.Kernels.Random;

/// <summary>WELL1024a (Panneton, L'Ecuyer, Matsumoto 2006) with the seeding of Apache Commons Math.</summary>
internal unsafe struct Well1024
{
    private fixed uint words[32];
    private int index;

    /// <summary>State from the first 32 numbers of a java.util.Random.</summary>
    public static Well1024 FromJavaRandom(long seed)
    {
        var well = default(Well1024);
        var random = new JavaRandom(seed);
        for (int i = 0; i < 32; i++)
        {
            well.words[i] = (uint)random.NextInt();
        }

        return well;
    }

    /// <summary>State from one number.</summary>
    public static Well1024 FromSeed(long seed)
    {
        var well = default(Well1024);
        well.words[0] = (uint)(seed >>> 32);
        well.words[1] = (uint)seed;
        for (int i = 2; i < 32; i++)
        {
            long l = (int)well.words[i - 2];
            well.words[i] = unchecked((uint)(1812433253L * (l ^ (l >> 30)) + i));
        }

        return well;
    }

    public long NextLong() => unchecked((long)((ulong)Next(32) << 32 | Next(32)));

    public double NextDouble() => ((ulong)Next(26) << 26 | Next(26)) * (1.0 / (1L << 52));

    private uint Next(int bits)
    {
        int before = (index + 31) % 32;
        uint v0 = words[index], m1 = words[(index + 3) % 32], m2 = words[(index + 24) % 32], m3 = words[(index + 10) % 32], z0 = words[before];
        uint z1 = v0 ^ m1 ^ (m1 >> 8);
        uint z2 = m2 ^ (m2 << 19) ^ m3 ^ (m3 << 14);
        uint z4 = z0 ^ (z0 << 11) ^ z1 ^ (z1 << 7) ^ z2 ^ (z2 << 13);
        words[index] = z1 ^ z2;
        words[before] = z4;
        index = before;
        return z4 >> (32 - bits);
    }
}
