using System.Collections.Frozen;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Cpu.Kernels;
using Keras2Dml.Runtime.Cpu.Kernels.Aggregates;
using Keras2Dml.Runtime.Cpu.Kernels.Elementwise;
using Keras2Dml.Runtime.Cpu.Kernels.LinearAlgebra;
using Keras2Dml.Runtime.Cpu.Kernels.Random;
using Keras2Dml.Runtime.Cpu.Kernels.Reorganization;

namespace Keras2Dml.Runtime.Cpu;

/// <summary>The CPU backend: every operator, pure C#.</summary>
internal sealed class CpuBackend : IBackend
{
    private static readonly FrozenDictionary<string, Kernel> Kernels = new[]
    {
        ElementwiseTable.All, AggregateTable.All, ReorganizationTable.All,
        LinearAlgebraTable.All, NetworkTable.All, RandomTable.All,
    }.SelectMany(table => table).ToFrozenDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "CPU";

    /// <inheritdoc/>
    public Kernel? Find(string operatorName) => Kernels.GetValueOrDefault(operatorName);
}
