using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;

namespace Keras2Dml.Codegen.Programs;

/// <summary>How a prediction program is made.</summary>
internal sealed record PredictionOptions
{
    /// <summary>Rows computed at once unless <c>$batch_size</c> says otherwise.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Shapes of inputs that the model leaves open, by name.</summary>
    public IReadOnlyDictionary<string, Shape> InputShapes { get; init; } = new Dictionary<string, Shape>();
}

/// <summary>The program that predicts in batches: reads <c>$X</c> and the variables in <c>$model</c>, writes the predictions into <c>$out</c>.</summary>
internal static class PredictionProgram
{
    public static GeneratedScript Generate(NetworkModel model, PredictionOptions options)
    {
        var arguments = new ScriptArguments(model);
        LoweredNetwork network = NetworkLowering.Lower(model, new LoweringOptions { InputShapes = options.InputShapes, ReservedNames = arguments.Reserved });
        var sources = new SourceTable();
        int[] tensors = [.. network.Outputs.Select(o => o.Tensor).Distinct()];
        var predict = new PredictFunction(network, arguments, sources, tensors);
        var reads = new List<ScriptBinding>();
        var writes = new List<ScriptBinding>();
        var body = new ScriptWriter();
        body.Line($"batch_size = ifdef($batch_size, {options.BatchSize})");
        body.Line("model = $model");
        body.Line("out = $out");
        body.Blank();
        for (int i = 0; i < arguments.Inputs.Count; i++)
        {
            body.Line($"{arguments.Inputs[i]} = read(${arguments.Inputs[i]}, format=\"csv\")", $"N x {network.Tensors[network.Inputs[i]].Spec.Shape.Elements}");
            reads.Add(new ScriptBinding(BindingRole.Input, arguments.Inputs[i], IsArgument: true, i));
        }

        VariableFiles.Read(body, predict.Parameters, reads);
        body.Blank();
        body.Line($"N = nrow({arguments.Inputs[0]})");
        for (int i = 0; i < network.Outputs.Length; i++)
        {
            body.Line($"{arguments.Predictions[i]} = matrix(0, rows=N, cols={network.Tensors[network.Outputs[i].Tensor].Spec.Shape.Elements})");
        }

        body.Open("for (batch in 1:as.integer(ceil(N / batch_size)))");
        body.Line("beg = (batch - 1) * batch_size + 1");
        body.Line("end = min(N, batch * batch_size)");
        string[] batches = [.. network.Inputs.Select(t => network.Tensors[t].Name)];
        for (int i = 0; i < batches.Length; i++)
        {
            body.Line($"{batches[i]} = {arguments.Inputs[i]}[beg:end, ]");
        }

        string[] results = [.. tensors.Select(t => arguments.Predictions[Array.FindIndex([.. network.Outputs], o => o.Tensor == t)] + "_batch")];
        body.Line(predict.Call(batches, results));
        for (int i = 0; i < network.Outputs.Length; i++)
        {
            body.Line($"{arguments.Predictions[i]}[beg:end, ] = {results[Array.IndexOf(tensors, network.Outputs[i].Tensor)]}");
        }

        body.Close();
        for (int i = 0; i < network.Outputs.Length; i++)
        {
            body.Line($"write({arguments.Predictions[i]}, out + \"/{arguments.Predictions[i]}.csv\", format=\"csv\")");
            writes.Add(new ScriptBinding(BindingRole.Output, arguments.Predictions[i], IsArgument: false, i));
        }

        var script = new ScriptWriter();
        ProgramHeader.Write(script, model, "Prediction program", "Run: systemds predict.dml -nvargs " + string.Join(" ", arguments.Inputs.Select(x => $"{x}={x}.csv")) + " model=DIR out=DIR batch_size=" + options.BatchSize);
        script.Lines(sources.Lines);
        script.Blank();
        return new GeneratedScript($"{script}{predict}\n{body}", reads, writes);
    }
}
