namespace Keras2Dml.Tests.Robustness;

/// <summary>Damages bytes as broken transfers and hostile hands do.</summary>
internal static class ByteMutator
{
    /// <summary>A damaged copy.</summary>
    /// <param name="bytes">At least one byte.</param>
    /// <param name="random">Decides the damage.</param>
    /// <param name="head">Number of first bytes in which addresses, counts and sizes lie.</param>
    public static byte[] Change(byte[] bytes, Random random, int head)
    {
        byte[] result = (byte[])bytes.Clone();
        int top = Math.Min(head, result.Length);
        switch (random.Next(7))
        {
            case 0:
                return result[..random.Next(result.Length)];
            case 1:
                int start = random.Next(result.Length);
                result.AsSpan(start, Math.Min(64, result.Length - start)).Clear();
                return result;
            case 2:
                for (int i = 0; i < 8; i++)
                {
                    result[random.Next(result.Length)] ^= (byte)(1 << random.Next(8));
                }

                return result;
            case 3:
                result[random.Next(top)] = (byte)random.Next(256);
                return result;
            case 4:
                // A count or an address with all bits set.
                int place = random.Next(top);
                result.AsSpan(place, Math.Min(1 << random.Next(4), result.Length - place)).Fill(0xFF);
                return result;
            case 5:
                // Addresses that lead elsewhere, cycles among them.
                int from = random.Next(top), to = random.Next(top), length = Math.Min(8, result.Length - Math.Max(from, to));
                bytes.AsSpan(from, length).CopyTo(result.AsSpan(to, length));
                return result;
            default:
                int cut = random.Next(result.Length);
                return [.. result[..cut], .. result[Math.Max(0, cut - random.Next(256))..]];
        }
    }
}
