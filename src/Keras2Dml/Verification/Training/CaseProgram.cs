using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Writing;
using Keras2Dml.Execution;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;
using System.Text.Json.Nodes;

namespace Keras2Dml.Verification.Training;

/// <summary>A small script around one function of the DML library: reads, calls, writes. The calls come from the same emitters that write a model's programs.</summary>
internal sealed class CaseProgram
{
    private readonly List<ScriptBinding> reads = [];
    private readonly List<ScriptBinding> writes = [];
    private readonly Dictionary<ScriptBinding, Tensor> values = [];

    public ScriptWriter Body { get; } = new();

    public SourceTable Sources { get; } = new();

    public ScriptNames Names { get; } = new(["model", "out"]);

    /// <summary>Reads of emitters that make bindings of their own (optimizer slots); their values are given to <see cref="Run"/>.</summary>
    public List<ScriptBinding> Reads => reads;

    /// <summary>Reads a tensor as N x (rest), or in the DML layout of a variable.</summary>
    public string Read(string name, Tensor value, ModelParameter? parameter = null)
    {
        string variable = Names.Take(name);
        var binding = new ScriptBinding(parameter is null ? BindingRole.Input : BindingRole.Parameter, variable, IsArgument: false, Parameter: parameter);
        Body.Line($"{variable} = read(model + \"/{variable}.csv\", format=\"csv\")");
        reads.Add(binding);
        values[binding] = value;
        return variable;
    }

    /// <summary>Writes a matrix under a name; a variable's goes back to Keras's order.</summary>
    public void Write(string expression, string name, ModelParameter? parameter = null, OptimizerVariableSpec? slot = null)
    {
        string file = Names.Take("result_" + name);
        Body.Line($"{file} = {expression}");
        Body.Line($"write({file}, out + \"/{file}.csv\", format=\"csv\")");
        writes.Add(new ScriptBinding(parameter is null ? BindingRole.Output : BindingRole.Parameter, file, IsArgument: false, Parameter: parameter, Slot: name, Optimizer: slot));
    }

    /// <summary>A call of a library function with further constants.</summary>
    public string Call(string file, string function, string arguments, IEnumerable<Operand> constants) =>
        $"{Sources.Function(file, function)}({string.Join(", ", [arguments, .. constants.Cast<LiteralOperand>().Select(c => c.Text)])})";

    /// <summary>Runs the script and gives what it wrote, by name.</summary>
    /// <param name="compute">Precision and the like.</param>
    /// <param name="find">Values of reads that an emitter bound.</param>
    public IReadOnlyDictionary<string, Tensor> Run(ComputeOptions compute, Func<ScriptBinding, Tensor>? find = null)
    {
        string text = string.Concat(Sources.Lines.Select(l => l + "\n")) + "model = $model\nout = $out\n" + Body;
        using var script = new ModelScript(new GeneratedScript(text, reads, writes), "case.dml", compute);
        return script.Run(b => values.TryGetValue(b, out Tensor? value) ? value : find!(b)).ToDictionary(r => r.Key.Slot!, r => r.Value, StringComparer.Ordinal);
    }

    /// <summary>An object of a case's configuration through the same reader that reads files.</summary>
    public static KerasObject Read(ObjectKind kind, string className, JsonNode? config)
    {
        var reader = new ConfigReader();
        KerasObject? result = reader.Read(kind, new JsonObject { ["class_name"] = className, ["config"] = config?.DeepClone() }, null);
        reader.ThrowIfAny();
        return result!;
    }

    /// <summary>
    /// In single precision large values overflow where doubles do not: there the reference is what TensorFlow gives in float32,
    /// and anything will do where that is NaN although the right value is finite.
    /// </summary>
    public static Tensor Reference(IReadOnlyDictionary<string, Tensor> data, string key, Tensor? actual, VerifyOptions options)
    {
        Tensor reference = data[key];
        if (options.Precision == Precision.Double || actual is null || !data.TryGetValue("f32/" + key, out Tensor? single))
        {
            return reference;
        }

        double Value(int i) => double.IsFinite(single.GetDouble(i)) ? reference.GetDouble(i)
            : double.IsNaN(single.GetDouble(i)) && double.IsFinite(reference.GetDouble(i)) ? actual.GetDouble(i)
            : single.GetDouble(i);
        return Tensor.From(Enumerable.Range(0, reference.Length).Select(Value).ToArray(), [.. reference.Shape]);
    }

    /// <summary>The result of a case from what was compared.</summary>
    public static CaseResult Result(CaseIndex index, string name, Comparison comparison) =>
        comparison.Compared == 0 ? CaseResult.Failed(index.Part, name, "the case holds nothing to compare")
        : comparison.Failures.Count == 0 ? CaseResult.Passed(index.Part, name)
        : CaseResult.Failed(index.Part, name, string.Join("; ", comparison.Failures));
}
