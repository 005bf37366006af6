using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Core.Errors;
using Keras2Dml.Data;
using Keras2Dml.Execution;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;

namespace Keras2Dml;

/// <summary>Predicts with fixed weights: immutable and thread-safe. Compiled once per shape of the inputs.</summary>
public sealed class Predictor : IDisposable
{
    private readonly Lock gate = new();
    private readonly NetworkModel network;
    private readonly IReadOnlyList<ModelPort> inputs;
    private readonly IReadOnlyList<ModelPort> outputs;
    private readonly PredictOptions options;
    private readonly Dictionary<string, (ModelScript Script, IReadOnlyList<Shape> Outputs)> scripts = new(StringComparer.Ordinal);

    // A model with open sizes has a program per size; the variables as they were when the predictor was made.
    private readonly Dictionary<ModelParameter, Tensor> values;

    internal Predictor(NetworkModel network, IReadOnlyList<ModelPort> inputs, IReadOnlyList<ModelPort> outputs, PredictOptions options)
    {
        this.network = network;
        this.inputs = inputs;
        this.outputs = outputs;
        this.options = options;
        values = network.Parameters.Where(p => p.Value is not null).ToDictionary(p => p, p => p.Value!);
    }

    /// <summary>The inputs in the model's order.</summary>
    public IReadOnlyList<ModelPort> Inputs => inputs;

    /// <summary>The outputs in the model's order.</summary>
    public IReadOnlyList<ModelPort> Outputs => outputs;

    /// <summary>The output for one input.</summary>
    /// <param name="x">Input, shape (N, ...).</param>
    /// <returns>The output, shape (N, ...).</returns>
    /// <exception cref="Keras2DmlException">The data do not fit the model.</exception>
    public Tensor Predict(Tensor x) => Predict([x])[0];

    /// <summary>The outputs for several inputs.</summary>
    /// <param name="x">One tensor per input, in the model's order.</param>
    /// <returns>One tensor per output, in the model's order.</returns>
    /// <exception cref="Keras2DmlException">The data do not fit the model.</exception>
    public IReadOnlyList<Tensor> Predict(IReadOnlyList<Tensor> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Count != inputs.Count)
        {
            throw DataErrors.ArrayCount.With(inputs.Count, string.Join(", ", inputs.Select(i => i.Name)), x.Count);
        }

        Tensor[] shaped = [.. x.Select((t, i) => Shaping.Input(t, inputs[i]))];
        Shaping.RequireRows(shaped.Select((t, i) => (inputs[i].Name, t)));
        (ModelScript script, IReadOnlyList<Shape> shapes) = ScriptFor(shaped);
        IReadOnlyDictionary<ScriptBinding, Tensor> results = script.Run(binding => binding.Role == BindingRole.Input ? shaped[binding.Index] : values[binding.Parameter!]);
        var predictions = new Tensor[shapes.Count];
        foreach ((ScriptBinding binding, Tensor tensor) in results.Where(r => r.Key.Role == BindingRole.Output))
        {
            predictions[binding.Index] = tensor.Reshape([tensor.Shape[0], .. shapes[binding.Index].Sizes]);
        }

        return predictions;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            foreach ((ModelScript script, _) in scripts.Values)
            {
                script.Dispose();
            }

            scripts.Clear();
        }
    }

    private (ModelScript Script, IReadOnlyList<Shape> Outputs) ScriptFor(Tensor[] x)
    {
        string key = string.Join(';', x.Select(t => string.Join(',', t.Shape.Skip(1))));
        lock (gate)
        {
            if (!scripts.TryGetValue(key, out (ModelScript, IReadOnlyList<Shape>) found))
            {
                Dictionary<string, Shape> shapes = KerasModel.ShapesOf(network, x);
                GeneratedScript script = ScriptGenerator.Prediction(network, new PredictionOptions { BatchSize = options.BatchSize, InputShapes = shapes });
                var compiled = new ModelScript(script, "predict.dml", new ComputeOptions { Precision = options.Precision, Threads = options.Threads });
                compiled.KeepParameters();
                NetworkModel bound = SizeBinding.Bind(network, shapes);
                scripts[key] = found = (compiled, [.. bound.Outputs.Select(o => bound[o.Tensor].Shape)]);
            }

            return found;
        }
    }
}
