namespace Keras2Dml.Core.Random;

/// <summary>Draws of <c>keras.random</c> on TensorFlow (CPU), bit for bit where the C library's logf, sinf and cosf are those of glibc.</summary>
internal static class KerasRandom
{
    /// <summary>Uniform numbers in [minimum, maximum), each operation rounded to float.</summary>
    public static float[] Uniform(int count, Philox stream, float minimum = 0, float maximum = 1)
    {
        var result = new float[count];
        Span<uint> words = stackalloc uint[4];
        float range = maximum - minimum;
        for (int i = 0; i < count; i++)
        {
            if ((i & 3) == 0)
            {
                stream.Words((ulong)(i >> 2), words);
            }

            result[i] = (Unit(words[i & 3]) * range) + minimum;
        }

        return result;
    }

    /// <summary>Uniform doubles: 20 bits of a word above the 32 of the next.</summary>
    public static double[] UniformDouble(int count, Philox stream, double minimum = 0, double maximum = 1)
    {
        var result = new double[count];
        Span<uint> words = stackalloc uint[4];
        for (int i = 0; i < count; i++)
        {
            if ((i & 1) == 0)
            {
                stream.Words((ulong)(i >> 1), words);
            }

            result[i] = (Unit(words[(i & 1) * 2], words[((i & 1) * 2) + 1]) * (maximum - minimum)) + minimum;
        }

        return result;
    }

    /// <summary>Normal numbers (Box-Muller on pairs of words).</summary>
    public static float[] Normal(int count, Philox stream, float mean = 0, float standardDeviation = 1)
    {
        var result = new float[count];
        Span<uint> words = stackalloc uint[4];
        for (int i = 0; i < count; i += 2)
        {
            if ((i & 3) == 0)
            {
                stream.Words((ulong)(i >> 2), words);
            }

            (float sine, float cosine) = BoxMuller(words[i & 3], words[(i & 3) + 1]);
            result[i] = (sine * standardDeviation) + mean;
            if (i + 1 < count)
            {
                result[i + 1] = (cosine * standardDeviation) + mean;
            }
        }

        return result;
    }

    /// <summary>Normal numbers within two standard deviations: outputs in groups of four, a group starting at block group * 256 and drawing pairs until it is full.</summary>
    public static float[] TruncatedNormal(int count, Philox stream, float mean = 0, float standardDeviation = 1)
    {
        var result = new float[count];
        Span<uint> words = stackalloc uint[4];
        for (int start = 0; start < count; start += 4)
        {
            int filled = 0;
            for (ulong block = (ulong)start / 4 * 256; filled < 4; block++)
            {
                stream.Words(block, words);
                for (int pair = 0; pair < 4; pair += 2)
                {
                    (float sine, float cosine) = BoxMuller(words[pair], words[pair + 1]);
                    foreach (float value in (ReadOnlySpan<float>)[sine, cosine])
                    {
                        if (MathF.Abs(value) < 2 && filled < 4)
                        {
                            if (start + filled < count)
                            {
                                result[start + filled] = (value * standardDeviation) + mean;
                            }

                            filled++;
                        }
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Integers in [minimum, maximum): a word modulo the range.</summary>
    public static int[] Integers(int count, Philox stream, int minimum, int maximum)
    {
        var result = new int[count];
        Span<uint> words = stackalloc uint[4];
        uint range = (uint)((long)maximum - minimum);
        for (int i = 0; i < count; i++)
        {
            if ((i & 3) == 0)
            {
                stream.Words((ulong)(i >> 2), words);
            }

            result[i] = (int)(words[i & 3] % range) + minimum;
        }

        return result;
    }

    /// <summary>64-bit integers in [minimum, maximum): two words, the low one first, modulo the range.</summary>
    public static long[] LongIntegers(int count, Philox stream, long minimum, long maximum)
    {
        var result = new long[count];
        Span<uint> words = stackalloc uint[4];
        ulong range = (ulong)(maximum - minimum);
        for (int i = 0; i < count; i++)
        {
            if ((i & 1) == 0)
            {
                stream.Words((ulong)(i >> 1), words);
            }

            ulong raw = words[(i & 1) * 2] | ((ulong)words[((i & 1) * 2) + 1] << 32);
            result[i] = (long)(raw % range) + minimum;
        }

        return result;
    }

    /// <summary>Order of <c>keras.random.shuffle</c>: positions sorted by uniform draws.</summary>
    public static int[] Permutation(int count, Philox stream)
    {
        float[] keys = Uniform(count, stream);
        return [.. Enumerable.Range(0, count).OrderBy(i => keys[i])];
    }

    /// <summary>
    /// Order of rows in an epoch of <c>fit(shuffle=True)</c> after <c>set_random_seed(seed)</c>: tf.random.shuffle in tf.data, a Fisher-Yates shuffle from the front.
    /// Every epoch has the same.
    /// </summary>
    public static int[] FitOrder(int rows, long seed)
    {
        const long Modulus = int.MaxValue;
        ulong key = (ulong)(((seed % Modulus) + Modulus) % Modulus);
        // The pair of zeros is not allowed: the operation's seed becomes 2^31 - 1 then.
        var stream = new Philox((uint)key, (uint)(key >> 32), 0, key == 0 ? Modulus : 0UL);
        int[] order = [.. Enumerable.Range(0, rows)];
        Span<uint> words = stackalloc uint[4];
        for (int i = 0; i + 1 < rows; i++)
        {
            if ((i & 3) == 0)
            {
                stream.Words((ulong)(i >> 2), words);
            }

            int j = i + (int)(words[i & 3] % (uint)(rows - i));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    // 23 random bits as mantissa of [1, 2), minus 1.
    private static float Unit(uint word) => BitConverter.UInt32BitsToSingle((word & 0x7fffff) | 0x3f800000) - 1;

    private static double Unit(uint high, uint low) => BitConverter.UInt64BitsToDouble(((high & 0xfffffUL) << 32) | low | 0x3ff0000000000000) - 1;

    private static (float Sine, float Cosine) BoxMuller(uint x0, uint x1)
    {
        float u1 = MathF.Max(Unit(x0), 1e-7f);
        // The angle is computed in double and then rounded.
        float angle = (float)(2.0 * Math.PI * Unit(x1));
        float radius = MathF.Sqrt(-2f * MathF.Log(u1));
        return (MathF.Sin(angle) * radius, MathF.Cos(angle) * radius);
    }
}
