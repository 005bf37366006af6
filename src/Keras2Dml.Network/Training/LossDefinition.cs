using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training;

/// <summary>A loss: its declaration and its values per position; what happens with the values is <see cref="LossReduction"/>.</summary>
/// <param name="Class">Declaration.</param>
/// <param name="Values">The function for a loss as configured on predictions and targets.</param>
/// <param name="TakesLogits">True for crossentropies: when the prediction comes straight from softmax or sigmoid, the function takes that activation's input.</param>
/// <param name="SparseTarget">True when targets are class numbers (from 0), one per position.</param>
internal sealed record LossDefinition(KerasClass Class, Func<ValueContext, ValueFunction> Values, bool TakesLogits = false, bool SparseTarget = false)
{
    /// <summary>True when the class numbers of a sparse target are only compared with each other: they need not be places of the prediction.</summary>
    public bool HasFreeLabels { get; init; }

    /// <summary>The argument that all losses have.</summary>
    public static IReadOnlyList<Argument> CommonArguments { get; } =
    [
        Argument.Text("reduction", "sum_over_batch_size", "sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none", "auto"),
        Argument.Text("name", null),
        Argument.Any("dtype"),
    ];

    /// <summary>How a loss reduces its values.</summary>
    public static LossReduction Reduction(KerasObject loss) => loss.OptionalString("reduction") switch
    {
        null or "none" => LossReduction.None,
        "sum" => LossReduction.Sum,
        "mean_with_sample_weight" => LossReduction.MeanWithSampleWeight,
        _ => LossReduction.SumOverBatchSize,
    };

    /// <summary>Function of <c>losses/reduction.dml</c>: <c>f(values) return (loss, factor)</c>, or with weights <c>f(values, weights)</c>.</summary>
    public static string ReductionFunction(LossReduction reduction, bool weighted) => reduction switch
    {
        // Without weights the sum of weights is the number of values.
        LossReduction.MeanWithSampleWeight => weighted ? "mean_with_sample_weight" : "sum_over_batch_size",
        LossReduction.Sum => weighted ? "total_weighted" : "total",
        LossReduction.None => weighted ? "single_weighted" : "single",
        _ => weighted ? "sum_over_batch_size_weighted" : "sum_over_batch_size",
    };

    /// <summary>True when a loss as configured takes the logits of the prediction; with <c>ignore_class</c> Keras multiplies the prediction first, and the logits are lost.</summary>
    public bool UsesLogits(KerasObject loss) => TakesLogits && (Class.Find("ignore_class") is null || loss.Values["ignore_class"] is null);
}

/// <summary>
/// How the values of a loss become one number. The functions of <c>losses/reduction.dml</c> give the number and the factor of each value in it, which is what backward takes.
/// </summary>
internal enum LossReduction
{
    /// <summary>Sum over values, divided by their number whatever the weights; with a mask by the number of values that count. Keras's <c>mean</c> is the same.</summary>
    SumOverBatchSize,

    Sum,

    /// <summary>Sum of weighted values divided by the sum of weights (after masking).</summary>
    MeanWithSampleWeight,

    /// <summary>The values themselves; Keras trains on their sum and shows their mean.</summary>
    None,
}
