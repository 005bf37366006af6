using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Programs;

/// <summary>What a gradient program differentiates.</summary>
internal enum GradientOf
{
    /// <summary>The sum of upstream_k * output_k.</summary>
    Outputs,

    /// <summary>The sum of all weight and activity penalties.</summary>
    Penalties,
}

/// <summary>How a gradient program is made.</summary>
internal sealed record GradientOptions
{
    /// <summary>True for the training behaviour.</summary>
    public bool Training { get; init; }

    public GradientOf Of { get; init; } = GradientOf.Outputs;

    /// <summary>False writes outputs only: nothing is differentiated and no upstream is read.</summary>
    public bool WithGradients { get; init; } = true;

    /// <summary>Shapes of inputs that the model leaves open, by name.</summary>
    public IReadOnlyDictionary<string, Shape> InputShapes { get; init; } = new Dictionary<string, Shape>();
}

/// <summary>
/// The program that computes outputs and gradients for given inputs and upstream gradients: what <c>verify</c> runs on layers and models.
/// Reads <c>$X</c> (or <c>$X_&lt;input&gt;</c>), <c>$upstream_k</c> and the variables in <c>$model</c>; writes into <c>$out</c>.
/// </summary>
internal static class GradientProgram
{
    public static GeneratedScript Generate(NetworkModel model, GradientOptions options)
    {
        var arguments = new ScriptArguments(model);
        LoweredNetwork network = NetworkLowering.Lower(model, new LoweringOptions { Training = options.Training, InputShapes = options.InputShapes, ReservedNames = arguments.Reserved });
        var sources = new SourceTable();
        ScriptNames names = LayerEmitter.NamesOf(network, arguments.Reserved);
        var layers = new LayerEmitter(network, options.Training, sources, names);
        var body = new ScriptWriter();
        var reads = new List<ScriptBinding>();
        var writes = new List<ScriptBinding>();

        body.Comment("Inputs and variables");
        for (int i = 0; i < network.Inputs.Length; i++)
        {
            LoweredTensor input = network.Tensors[network.Inputs[i]];
            body.Line($"{input.Name} = read(${arguments.Inputs[i]}, format=\"csv\")", Invariant($"N x {input.Spec.Shape.Elements}"));
            reads.Add(new ScriptBinding(BindingRole.Input, arguments.Inputs[i], IsArgument: true, i));
        }

        VariableFiles.Read(body, network.Parameters, reads);
        body.Blank();
        body.Comment("Forward");
        layers.Forward(body);
        var penalties = new PenaltyEmitter(network, sources, names);
        bool ofPenalties = options.Of == GradientOf.Penalties;
        if (ofPenalties)
        {
            penalties.Forward(body, "loss");
        }

        BackwardEmitter? backward = null;
        if (options.WithGradients)
        {
            body.Blank();
            body.Comment("Backward");
            int[] wanted = [.. network.Inputs.Where(t => IsFloat(network.Tensors[t].Spec.Type))];
            backward = new BackwardEmitter(network, layers, names, wanted, forParameters: true);
            backward.Emit(body, ofPenalties ? penalties.Backward(body) : Upstream(body, network, names, reads));
            if (ofPenalties)
            {
                penalties.AddWeightGradients(body, backward.ParameterGradients);
            }
        }

        body.Blank();
        body.Comment("Results");
        void Write(BindingRole role, string variable, string file, int index = 0, ModelParameter? parameter = null)
        {
            body.Line($"write({variable}, out + \"/{file}.csv\", format=\"csv\")");
            writes.Add(new ScriptBinding(role, file, IsArgument: false, index, parameter));
        }

        for (int i = 0; i < network.Outputs.Length; i++)
        {
            LoweredOutput output = network.Outputs[i];
            Write(BindingRole.Output, network.Tensors[output.Tensor].Name, Invariant($"output_{i}"), i);
            if (output.Mask is { } mask)
            {
                Write(BindingRole.Mask, network.Tensors[mask].Name, Invariant($"mask_{i}"), i);
            }
        }

        if (ofPenalties)
        {
            body.Line("loss_file = as.matrix(loss)");
            Write(BindingRole.Loss, "loss_file", "loss");
        }

        foreach ((int tensor, string gradient) in backward?.InputGradients ?? [])
        {
            int index = network.Inputs.IndexOf(tensor);
            Write(BindingRole.InputGradient, gradient, Invariant($"dinput_{index}"), index);
        }

        foreach ((LoweredParameter parameter, string gradient) in backward?.ParameterGradients ?? [])
        {
            Write(BindingRole.ParameterGradient, gradient, "gradient_" + parameter.Name, 0, parameter.Parameter);
        }

        foreach ((LoweredParameter parameter, string value) in layers.StateUpdates)
        {
            Write(BindingRole.StateUpdate, value, "after_" + parameter.Name, 0, parameter.Parameter);
        }

        var script = new ScriptWriter();
        ProgramHeader.Write(script, model, "Gradient program", "Run: systemds gradient.dml -nvargs X=X.csv upstream_0=upstream.csv model=DIR out=DIR");
        script.Lines(sources.Lines);
        script.Blank();
        script.Line("model = $model");
        script.Line("out = $out");
        script.Blank();
        return new GeneratedScript(script.ToString() + body, reads, writes);
    }

    private static bool IsFloat(ElementType type) => type is ElementType.Float32 or ElementType.Float64;

    private static List<(int Tensor, string Gradient)> Upstream(ScriptWriter body, LoweredNetwork network, ScriptNames names, List<ScriptBinding> reads)
    {
        var seeds = new List<(int, string)>();
        for (int i = 0; i < network.Outputs.Length; i++)
        {
            LoweredTensor tensor = network.Tensors[network.Outputs[i].Tensor];
            if (IsFloat(tensor.Spec.Type))
            {
                string name = names.Take(Invariant($"upstream_{i}"));
                body.Line(Invariant($"{name} = read($upstream_{i}, format=\"csv\")"), Invariant($"N x {tensor.Spec.Shape.Elements}"));
                reads.Add(new ScriptBinding(BindingRole.Upstream, Invariant($"upstream_{i}"), IsArgument: true, i));
                seeds.Add((network.Outputs[i].Tensor, name));
            }
        }

        return seeds;
    }
}
