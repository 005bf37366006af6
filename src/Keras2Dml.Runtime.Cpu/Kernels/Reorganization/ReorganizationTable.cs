namespace Keras2Dml.Runtime.Cpu.Kernels.Reorganization;

/// <summary>Operators that move cells.</summary>
internal static class ReorganizationTable
{
    public static KernelTable All { get; } = new()
    {
        ["t"] = TransposeKernel.Run,
        ["permute"] = TransposeKernel.Permute,
        ["rev"] = CopyKernel.Reverse,
        ["roll"] = CopyKernel.Roll,
        ["diag"] = CopyKernel.Diagonal,
        ["lower.tri"] = CopyKernel.LowerTriangle,
        ["upper.tri"] = CopyKernel.UpperTriangle,
        ["reshape"] = CopyKernel.Reshape,
        ["cbind"] = CopyKernel.BindColumns,
        ["rbind"] = CopyKernel.BindRows,
        ["index"] = CopyKernel.Index,
        ["leftindex"] = CopyKernel.AssignRange,
        ["fill"] = CopyKernel.Fill,
        ["seq"] = CopyKernel.Sequence,
        ["order"] = OrderKernel.Run,
        ["table"] = SelectionKernel.Table,
        ["removeEmpty"] = SelectionKernel.RemoveEmpty,
        ["replace"] = SelectionKernel.Replace,
        ["rexpand"] = SelectionKernel.Expand,
        ["unique"] = SelectionKernel.Unique,
        ["gather_rows"] = SelectionKernel.GatherRows,
        ["scatter_add_rows"] = SelectionKernel.ScatterAddRows,
        ["pad2d"] = PaddingKernel.Pad,
        ["unpad2d"] = PaddingKernel.Crop,
    };
}
