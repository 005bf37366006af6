namespace Keras2Dml.Keras.Hdf5;

/// <summary>Nodes of version 1 trees, which index the members of old groups (kind 0) and the chunks of datasets (kind 1).</summary>
internal static class HdfTree
{
    /// <summary>Reads the head of a node; entries follow.</summary>
    /// <param name="file">The file.</param>
    /// <param name="widths">Sizes of addresses.</param>
    /// <param name="address">Where the node lies.</param>
    /// <param name="kind">Kind that is expected.</param>
    /// <param name="above">Level of the node that led here.</param>
    /// <param name="seen">Nodes met so far, against cycles.</param>
    public static (HdfBytes At, int Level, int Entries) Enter(HdfBytes file, HdfWidths widths, ulong address, int kind, int above, HashSet<ulong> seen)
    {
        HdfBytes at = file.At(widths.Base + address);
        at.Expect("TREE"u8);
        int found = at.Byte();
        int level = at.Byte();
        int entries = at.UInt16();
        at.Take(2 * (ulong)widths.Offset);
        return found == kind && level < above && seen.Add(address)
            ? (at, level, entries)
            : throw file.Damaged(kind == 0 ? "the index of a group is no tree" : "the chunk index is no tree");
    }
}
