namespace Keras2Dml;

/// <summary>What <see cref="KerasModel.Fit(Tensor, Tensor, FitOptions?)"/> gives: the metrics of each epoch. Keras: the <c>History</c> object.</summary>
public sealed class History
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, List<double>> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> reportedAt = new(StringComparer.Ordinal);
    private readonly List<int> epochs = [];

    /// <summary>Epochs in order, from 0. Keras: <c>history.epoch</c>.</summary>
    public IReadOnlyList<int> Epochs => epochs;

    /// <summary>Names in Keras's order: <c>loss</c>, metrics, then <c>val_</c> ones.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Values of one metric per epoch in which it was reported. Keras: <c>history.history[name]</c>.</summary>
    /// <param name="name">Name of the metric.</param>
    /// <returns>The values.</returns>
    /// <exception cref="KeyNotFoundException">No such metric.</exception>
    public IReadOnlyList<double> this[string name] => values[name];

    /// <summary>True when a metric was reported.</summary>
    /// <param name="name">Name of the metric.</param>
    /// <returns>Whether there are values.</returns>
    public bool Contains(string name) => values.ContainsKey(name);

    /// <summary>The epochs of the values of one metric; with a validation frequency not every epoch has validation values.</summary>
    internal IReadOnlyList<int> EpochsOf(string name) => reportedAt[name];

    internal void Add(int epoch, IReadOnlyList<KeyValuePair<string, double>> metrics)
    {
        epochs.Add(epoch);
        foreach ((string name, double value) in metrics)
        {
            if (!values.TryGetValue(name, out List<double>? list))
            {
                values[name] = list = [];
                reportedAt[name] = [];
                names.Add(name);
            }

            list.Add(value);
            reportedAt[name].Add(epoch);
        }
    }
}
