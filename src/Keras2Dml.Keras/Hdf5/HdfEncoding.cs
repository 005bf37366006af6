using System.Text;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>Encodes dataspace and attribute messages.</summary>
internal static class HdfEncoding
{
    /// <summary>Shape of an array, or of a scalar (null). The sizes are written a second time as largest sizes, as HDF5 does itself.</summary>
    public static byte[] Dataspace(IReadOnlyList<long>? dimensions)
    {
        var block = new HdfBlock().Byte(1).Byte((byte)(dimensions?.Count ?? 0)).Byte((byte)(dimensions is { Count: > 0 } ? 1 : 0)).PadTo(8);
        for (int copy = 0; copy < 2; copy++)
        {
            foreach (long size in dimensions ?? [])
            {
                block.UInt64((ulong)size);
            }
        }

        return block.ToArray();
    }

    /// <summary>An attribute: version 1, or version 3 for a name beyond ASCII.</summary>
    public static byte[] Attribute(string name, HdfValue value, ReadOnlySpan<byte> stored)
    {
        bool ascii = Ascii.IsValid(name);
        byte[] nameBytes = [.. Encoding.UTF8.GetBytes(name), 0];
        byte[] space = Dataspace(value.Dimensions);
        var block = new HdfBlock().Byte((byte)(ascii ? 1 : 3)).Byte(0).UInt16(nameBytes.Length).UInt16(value.Type.Message.Length).UInt16(space.Length);
        if (!ascii)
        {
            block.Byte(1);
        }

        foreach (byte[] part in new[] { nameBytes, value.Type.Message, space })
        {
            block.Bytes(part);
            if (ascii)
            {
                block.Align8();
            }
        }

        return block.Bytes(stored).ToArray();
    }
}
