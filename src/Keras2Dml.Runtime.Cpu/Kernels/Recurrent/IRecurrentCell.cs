using System.Numerics;

namespace Keras2Dml.Runtime.Cpu.Kernels.Recurrent;

/// <summary>One step of a recurrent layer for one row of the batch. Pointers are to cells of that row.</summary>
internal unsafe interface IRecurrentCell
{
    /// <summary>Blocks of units in a preactivation.</summary>
    static abstract int Gates { get; }

    /// <summary>True when a second state, the carry, goes from step to step.</summary>
    static abstract bool HasCarry { get; }

    /// <summary>Computes the new states.</summary>
    /// <param name="preactivation">Gates * units cells.</param>
    /// <param name="work">(Gates + 1) * units cells.</param>
    /// <param name="previousCarry">The carry before the step.</param>
    /// <param name="carry">Receives the new carry.</param>
    /// <param name="hidden">Receives the new hidden state.</param>
    /// <param name="units">Number of units.</param>
    static abstract void Forward<T>(T* preactivation, T* work, T* previousCarry, T* carry, T* hidden, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Computes the gradients of the preactivation and of the carry before the step.</summary>
    /// <param name="preactivation">As in the forward step.</param>
    /// <param name="work">(Gates + 1) * units cells.</param>
    /// <param name="previousCarry">The carry before the step.</param>
    /// <param name="dhidden">Gradient of the new hidden state.</param>
    /// <param name="dcarry">Gradient of the new carry; receives that of the carry before.</param>
    /// <param name="dpreactivation">Receives the gradient of the preactivation.</param>
    /// <param name="units">Number of units.</param>
    static abstract void Backward<T>(T* preactivation, T* work, T* previousCarry, T* dhidden, T* dcarry, T* dpreactivation, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
