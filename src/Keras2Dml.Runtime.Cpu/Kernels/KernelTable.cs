using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels;

/// <summary>Operator names with their kernels, one table a family.</summary>
internal sealed class KernelTable : Dictionary<string, Kernel>
{
    public KernelTable()
        : base(StringComparer.Ordinal)
    {
    }
}
