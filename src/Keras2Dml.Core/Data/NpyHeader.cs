using System.Globalization;
using System.Text;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Core.Data;

/// <summary>Header of a .npy array (numpy.lib.format, versions 1 to 3): element type, order and shape.</summary>
/// <param name="Type">Code of the element type, for example <c>&lt;f4</c>.</param>
/// <param name="FortranOrder">True when the first axis varies fastest.</param>
/// <param name="Shape">Sizes of the axes.</param>
internal sealed record NpyHeader(string Type, bool FortranOrder, IReadOnlyList<long> Shape)
{
    private const int LongestHeader = 1 << 20;

    /// <summary>The first bytes of every .npy file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads magic, version and dictionary; the stream then stands at the first element.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="where">Name for errors.</param>
    public static NpyHeader Read(Stream stream, string where)
    {
        Span<byte> start = stackalloc byte[8];
        int got = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (got == 0)
        {
            throw DataErrors.Empty.At(where);
        }

        if (got < start.Length || !start[..6].SequenceEqual(Magic))
        {
            throw DataErrors.NotNpy.At(where);
        }

        Span<byte> lengthBytes = stackalloc byte[4];
        int lengthSize = start[6] == 1 ? 2 : 4;
        if (start[6] is < 1 or > 3 || stream.ReadAtLeast(lengthBytes[..lengthSize], lengthSize, false) < lengthSize)
        {
            throw DataErrors.NpyHeader.At(where, $"version {start[6]}.{start[7]}");
        }

        uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > LongestHeader)
        {
            throw DataErrors.TooLarge.At(where, "The header", $"{length} bytes", $"{LongestHeader} bytes");
        }

        byte[] text = new byte[length];
        if (stream.ReadAtLeast(text, text.Length, false) < text.Length)
        {
            throw DataErrors.NpyHeader.At(where, "it is cut off");
        }

        return new Parser((start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), where).Parse();
    }

    /// <summary>Magic, version 1.0 and dictionary of a C-order array, padded so that the data start at a multiple of 64.</summary>
    public static byte[] Write(string type, IReadOnlyList<int> shape)
    {
        string sizes = shape.Count == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {sizes}, }}";
        int padded = ((10 + text.Length + 1 + 63) / 64 * 64) - 10;
        byte[] result = new byte[10 + padded];
        Magic.CopyTo(result);
        result[6] = 1;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(result.AsSpan(8), checked((ushort)padded));
        Encoding.ASCII.GetBytes(text.PadRight(padded - 1) + "\n", result.AsSpan(10));
        return result;
    }

    /// <summary>Reads the part of Python's literal grammar that numpy writes: a dictionary of strings, booleans and tuples of integers.</summary>
    private sealed class Parser(string text, string where)
    {
        private int position;

        public NpyHeader Parse()
        {
            string? type = null;
            bool? fortran = null;
            List<long>? shape = null;
            Expect('{');
            while (!Accept('}'))
            {
                string key = Quoted();
                Expect(':');
                switch (key)
                {
                    case "descr": type = Peek() is '[' or '(' or '{' ? throw DataErrors.NpyType.At(where, "of records") : Quoted(); break;
                    case "fortran_order": fortran = Boolean(); break;
                    case "shape": shape = Tuple(); break;
                    default: throw Damaged($"unknown entry '{key}'");
                }

                if (!Accept(','))
                {
                    Expect('}');
                    break;
                }
            }

            return type is null || fortran is null || shape is null
                ? throw Damaged("descr, fortran_order and shape are expected")
                : new NpyHeader(type, fortran.Value, shape);
        }

        private Keras2DmlException Damaged(string what) => DataErrors.NpyHeader.At(where, what);

        private char Peek()
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            return position < text.Length ? text[position] : '\0';
        }

        private bool Accept(char wanted)
        {
            if (Peek() != wanted)
            {
                return false;
            }

            position++;
            return true;
        }

        private void Expect(char wanted)
        {
            if (!Accept(wanted))
            {
                throw Damaged($"expected '{wanted}' at position {position}");
            }
        }

        private string Quoted()
        {
            char quote = Peek();
            int end = quote is '\'' or '"' ? text.IndexOf(quote, position + 1) : -1;
            if (end < 0)
            {
                throw Damaged($"expected a quoted name at position {position}");
            }

            string result = text[(position + 1)..end];
            position = end + 1;
            return result;
        }

        private bool Boolean()
        {
            Peek();
            foreach ((string word, bool value) in new[] { ("True", true), ("False", false) })
            {
                if (text.AsSpan(position).StartsWith(word, StringComparison.Ordinal))
                {
                    position += word.Length;
                    return value;
                }
            }

            throw Damaged("fortran_order is neither True nor False");
        }

        private List<long> Tuple()
        {
            var sizes = new List<long>();
            Expect('(');
            while (!Accept(')'))
            {
                Peek();
                int start = position;
                while (position < text.Length && char.IsAsciiDigit(text[position]))
                {
                    position++;
                }

                if (!long.TryParse(text.AsSpan(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out long size))
                {
                    throw Damaged("the shape is no tuple of sizes");
                }

                Accept('L');
                sizes.Add(size);
                if (!Accept(','))
                {
                    Expect(')');
                    break;
                }
            }

            return sizes.Count <= 64 ? sizes : throw Damaged("more than 64 axes");
        }
    }
}
