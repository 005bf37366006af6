using Keras2Dml.Core.Errors;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>Collects the messages of a version 1 object header.</summary>
internal sealed class HdfHeaderWriter
{
    private const int LargestMessage = 65_520;
    private readonly HdfBlock messages = new();
    private int count;

    /// <summary>Adds a message.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="constant">True when the message never changes.</param>
    public void Message(HdfMessageType type, ReadOnlySpan<byte> body, bool constant = false)
    {
        if (body.Length > LargestMessage)
        {
            throw DataErrors.TooLarge.With("An HDF5 attribute", $"{body.Length} bytes", $"{LargestMessage} bytes");
        }

        messages.UInt16((int)type).UInt16((body.Length + 7) & ~7).Byte((byte)(constant ? 1 : 0)).Byte(0).UInt16(0).Bytes(body).Align8();
        count++;
    }

    public byte[] ToArray() =>
        new HdfBlock().Byte(1).Byte(0).UInt16(count).UInt32(1).UInt32((uint)messages.Length).UInt32(0).Bytes(messages.ToArray()).ToArray();
}
