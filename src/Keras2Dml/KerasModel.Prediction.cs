using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Data;
using Keras2Dml.Execution;
using Keras2Dml.Network.Graph;

namespace Keras2Dml;

/// <content>Prediction.</content>
public sealed partial class KerasModel
{
    /// <summary>Outputs of a model with one input and one output. Keras: <c>model.predict</c>.</summary>
    /// <param name="x">Input, shape (N, ...) as the model declares, or (N, product).</param>
    /// <param name="options">Batch size, threads, precision.</param>
    /// <returns>The output, shape (N, ...).</returns>
    /// <exception cref="Keras2DmlException">The data do not fit the model.</exception>
    public Tensor Predict(Tensor x, PredictOptions? options = null) => Predict([x], options)[0];

    /// <summary>Outputs of a model. Keras: <c>model.predict</c>.</summary>
    /// <param name="inputs">One tensor per input, in the model's order.</param>
    /// <param name="options">Batch size, threads, precision.</param>
    /// <returns>One tensor per output, in the model's order.</returns>
    /// <exception cref="Keras2DmlException">The data do not fit the model.</exception>
    public IReadOnlyList<Tensor> Predict(IReadOnlyList<Tensor> inputs, PredictOptions? options = null)
    {
        using Predictor predictor = CreatePredictor(options);
        return predictor.Predict(inputs);
    }

    /// <summary>A predictor with the model's present weights: immutable and thread-safe, for servers. Later changes of the model do not reach it.</summary>
    /// <param name="options">Batch size, threads, precision.</param>
    /// <returns>The predictor; dispose it to free its memory.</returns>
    public Predictor CreatePredictor(PredictOptions? options = null) => new(Network, Inputs, Outputs, options ?? new PredictOptions());

    /// <summary>The DML program that <see cref="Predict(Tensor, PredictOptions?)"/> executes. Original system: <c>get_prediction_script()</c>.</summary>
    /// <returns>The program text.</returns>
    /// <exception cref="Keras2DmlException">Input sizes are not known: predict once, or give the model fixed sizes.</exception>
    public string GetPredictionScript() => ScriptGenerator.Prediction(Network, new PredictionOptions()).Text;

    internal static Dictionary<string, Shape> ShapesOf(NetworkModel network, IReadOnlyList<Tensor> inputs)
    {
        var shapes = new Dictionary<string, Shape>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Count; i++)
        {
            shapes[network.Inputs[i].Name] = new Shape([.. inputs[i].Shape.Skip(1)]);
        }

        return shapes;
    }

    internal Tensor[] Shaped(IReadOnlyList<Tensor> inputs)
    {
        if (inputs.Count != Inputs.Count)
        {
            throw Core.Errors.DataErrors.ArrayCount.With(Inputs.Count, string.Join(", ", Inputs.Select(i => i.Name)), inputs.Count);
        }

        return [.. inputs.Select((t, i) => Shaping.Input(t, Inputs[i]))];
    }
}
