namespace Keras2Dml.Core.Random;

/// <summary>Python's <c>random</c> module: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), seeded as CPython does. Keras draws the seeds of layers from it.</summary>
internal sealed class PythonRandom
{
    private const int Size = 624;
    private readonly uint[] state = new uint[Size];
    private int index = Size;

    /// <summary>As <c>random.seed(seed)</c>.</summary>
    public PythonRandom(long seed)
    {
        ulong magnitude = seed < 0 ? (ulong)(-(seed + 1)) + 1 : (ulong)seed;
        SeedByArray(magnitude >> 32 == 0 ? [(uint)magnitude] : [(uint)magnitude, (uint)(magnitude >> 32)]);
    }

    /// <summary>As <c>random.randint(minimum, maximum)</c>: both bounds included.</summary>
    public int NextInteger(int minimum, int maximum)
    {
        uint range = (uint)((long)maximum - minimum + 1);
        int bits = 32 - System.Numerics.BitOperations.LeadingZeroCount(range);
        uint drawn;
        do
        {
            drawn = NextWord() >> (32 - bits);
        }
        while (drawn >= range);
        return (int)(minimum + drawn);
    }

    private void SeedByArray(uint[] key)
    {
        state[0] = 19650218;
        for (int i = 1; i < Size; i++)
        {
            state[i] = unchecked((1812433253u * (state[i - 1] ^ (state[i - 1] >> 30))) + (uint)i);
        }

        int position = 1;
        int k = 0;
        for (int n = Math.Max(Size, key.Length); n > 0; n--)
        {
            state[position] = unchecked((state[position] ^ ((state[position - 1] ^ (state[position - 1] >> 30)) * 1664525u)) + key[k] + (uint)k);
            position = Next(position);
            k = (k + 1) % key.Length;
        }

        for (int n = Size - 1; n > 0; n--)
        {
            state[position] = unchecked((state[position] ^ ((state[position - 1] ^ (state[position - 1] >> 30)) * 1566083941u)) - (uint)position);
            position = Next(position);
        }

        state[0] = 0x80000000;
    }

    private int Next(int position)
    {
        if (position + 1 < Size)
        {
            return position + 1;
        }

        state[0] = state[Size - 1];
        return 1;
    }

    private uint NextWord()
    {
        if (index == Size)
        {
            for (int i = 0; i < Size; i++)
            {
                uint y = (state[i] & 0x80000000) | (state[(i + 1) % Size] & 0x7fffffff);
                state[i] = state[(i + 397) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0dfu);
            }

            index = 0;
        }

        uint word = state[index++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c5680;
        word ^= (word << 15) & 0xefc60000;
        return word ^ (word >> 18);
    }
}
