using System.Collections.Frozen;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu;

/// <summary>The CPU backend: every operator, pure C#.</summary>
internal sealed class CpuBackend : IBackend
{
    private static readonly FrozenDictionary<string, Kernel> Kernels = new Dictionary<string, Kernel>().ToFrozenDictionary();

    /// <inheritdoc/>
    public string Name => "CPU";

    /// <inheritdoc/>
    public Kernel? Find(string operatorName) => Kernels.GetValueOrDefault(operatorName);
}
