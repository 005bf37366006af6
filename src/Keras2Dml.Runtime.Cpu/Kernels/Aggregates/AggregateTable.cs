namespace Keras2Dml.Runtime.Cpu.Kernels.Aggregates;

/// <summary>Operators that fold cells, rows or columns.</summary>
internal static class AggregateTable
{
    public static KernelTable All { get; } = new()
    {
        ["sum"] = SumKernel.SumAll,
        ["mean"] = SumKernel.MeanAll,
        ["minimum"] = AggregateKernel<Smallest>.All,
        ["maximum"] = AggregateKernel<Largest>.All,
        ["prod"] = AggregateKernel<ProductOfAll>.All,
        ["sd"] = AggregateKernel<StandardDeviation>.All,
        ["var"] = AggregateKernel<Variance>.All,
        ["rowSums"] = SumKernel.SumRows,
        ["rowMeans"] = SumKernel.MeanRows,
        ["rowMins"] = AggregateKernel<Smallest>.Rows,
        ["rowMaxs"] = AggregateKernel<Largest>.Rows,
        ["rowProds"] = AggregateKernel<Product>.Rows,
        ["rowSds"] = AggregateKernel<StandardDeviation>.Rows,
        ["rowVars"] = AggregateKernel<Variance>.Rows,
        ["colSums"] = SumKernel.SumColumns,
        ["colMeans"] = SumKernel.MeanColumns,
        ["colMins"] = AggregateKernel<Smallest>.Columns,
        ["colMaxs"] = AggregateKernel<Largest>.Columns,
        ["colProds"] = AggregateKernel<Product>.Columns,
        ["colSds"] = AggregateKernel<StandardDeviation>.Columns,
        ["colVars"] = AggregateKernel<Variance>.Columns,
        ["trace"] = SumKernel.Trace,
        ["rowIndexMax"] = RowIndexKernel.Largest,
        ["rowIndexMin"] = RowIndexKernel.Smallest,
        ["cumsum"] = CumulativeKernel.Sum,
        ["cumprod"] = CumulativeKernel.Product,
        ["cummin"] = CumulativeKernel.Minimum,
        ["cummax"] = CumulativeKernel.Maximum,
        ["cumsumprod"] = CumulativeKernel.SumProduct,
    };
}
