namespace Keras2Dml.Runtime.Cpu.Kernels.Aggregates;

/// <summary>A fold over cells, in order; states of consecutive runs can be joined.</summary>
internal interface IAggregate<TSelf>
    where TSelf : unmanaged, IAggregate<TSelf>
{
    /// <summary>The state before the first cell.</summary>
    static abstract TSelf Start { get; }

    void Add(double x);

    /// <summary>Continues with the cells that another state has seen.</summary>
    void Join(in TSelf other);

    /// <summary>The value after so many cells.</summary>
    double Value(long count);
}
