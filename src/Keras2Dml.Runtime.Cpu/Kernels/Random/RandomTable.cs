namespace Keras2Dml.Runtime.Cpu.Kernels.Random;

/// <summary>Random numbers.</summary>
internal static class RandomTable
{
    public static KernelTable All { get; } = new()
    {
        ["rand"] = RandKernel.Rand,
        ["sample"] = RandKernel.Sample,
        ["philox_uniform"] = PhiloxKernel.Uniform,
        ["philox_uniform64"] = PhiloxKernel.Uniform64,
        ["philox_normal"] = PhiloxKernel.Normal,
        ["philox_normal64"] = PhiloxKernel.Normal64,
        ["philox_truncated_normal"] = PhiloxKernel.TruncatedNormal,
        ["philox_truncated_normal64"] = PhiloxKernel.TruncatedNormal64,
    };
}
