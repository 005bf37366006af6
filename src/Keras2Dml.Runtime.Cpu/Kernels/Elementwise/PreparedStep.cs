namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>One step ready to run.</summary>
internal unsafe struct PreparedStep
{
    public void* Single, Double;

    /// <summary>Number of operands, and the operands: inputs, then step results.</summary>
    public int Inputs, A, B, C;

    /// <summary>Buffer that holds the result; several steps share one when their results do not live together.</summary>
    public int Buffer;
}
