using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Keras2Dml.Library;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Network.Tests.Layers;

/// <summary>One call checks what every layer promises: its configuration is read, shapes follow, variables fit their storage, and the library functions that it calls exist with as many arguments and results.</summary>
internal static partial class LayerContract
{
    /// <summary>The layer of a class with some arguments.</summary>
    public static Layer Create(string className, string arguments)
    {
        var reader = new ConfigReader();
        string config = arguments.Length == 0 ? "" : ", " + arguments;
        Layer? layer = reader.ReadLayer(JsonNode.Parse($$"""{"class_name": "{{className}}", "config": {"name": "layer"{{config}} } }"""));
        reader.ThrowIfAny();
        return layer!;
    }

    /// <summary>Checks a layer on inputs of the given shapes and gives the output's shape.</summary>
    public static Shape Check(string className, string arguments, params Shape[] inputs) => Check(Create(className, arguments), false, inputs);

    public static Shape Check(Layer layer, bool hasMask, params Shape[] inputs)
    {
        TensorSpec[] specs = [.. inputs.Select(s => new TensorSpec(ElementType.Float32, s))];
        IReadOnlyList<ParameterSpec> parameters = layer.Parameters(specs);
        foreach (ParameterSpec parameter in parameters)
        {
            Assert.Equal(parameter.Shape.Aggregate(1, (a, b) => a * b), parameter.Storage.Rows * parameter.Storage.Columns);
            Assert.Equal(Enumerable.Range(0, parameter.Shape.Count), parameter.Storage.Permutation.Order());
        }

        IReadOnlyList<TensorSpec> outputs = layer.Outputs(specs);
        CheckMeaning(layer, specs, outputs, hasMask, parameters);
        return outputs[0].Shape;
    }

    private static void CheckMeaning(Layer layer, IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs, bool hasMask, IReadOnlyList<ParameterSpec> parameters)
    {
        var use = new LayerUse(layer.Name, layer);
        var node = new Node { Id = 1, Layer = use, Inputs = [.. inputs.Select((_, i) => new TensorReference(0, i))], Outputs = outputs };
        switch (layer.Meaning(new LayerContext(node, inputs, outputs, hasMask, 0) { InputMasks = [.. inputs.Select(_ => hasMask)] }))
        {
            case FunctionPair pair:
                CheckFunction(pair, pair.ForwardName, pair.ForwardArguments, pair.ForwardResults, parameters);
                if (pair.BackwardResults.Count > 0)
                {
                    CheckFunction(pair, pair.BackwardName, pair.BackwardArguments, pair.BackwardResults, parameters);
                }

                break;
            case Expansion expansion:
                var builder = new Builder(inputs, parameters);
                IReadOnlyList<ExpansionTensor> results = expansion.Build(builder);
                Assert.Equal(outputs.Count, results.Count);
                Assert.Equal(outputs.Select(o => o.Shape), results.Select(r => builder.Tensors[r.Id].Shape));
                break;
        }
    }

    private static void CheckFunction(FunctionPair pair, string name, IReadOnlyList<Operand> arguments, IReadOnlyList<Result> results, IReadOnlyList<ParameterSpec> parameters)
    {
        string text = LibraryText.Find($"keras2dml/{pair.File}.dml") ?? throw new FileNotFoundException(pair.File);
        Match match = Signature().Matches(text).FirstOrDefault(m => m.Groups["name"].Value == name) ?? throw new KeyNotFoundException($"{pair.File}::{name}");
        Assert.Equal($"{pair.File}::{name} {Count(match.Groups["arguments"].Value)}->{Count(match.Groups["results"].Value)}", $"{pair.File}::{name} {arguments.Count}->{results.Count}");
        IEnumerable<string> used = arguments.OfType<ParameterOperand>().Select(o => o.Name).Concat(results.OfType<ParameterGradientResult>().Select(r => r.Name)).Concat(results.OfType<StateUpdateResult>().Select(r => r.Parameter));
        Assert.Subset(parameters.Select(p => p.Name).ToHashSet(), used.ToHashSet());
    }

    private static int Count(string list) => list.Split(',').Length;

    [GeneratedRegex(@"^(?<name>\w+) = function\((?<arguments>[^)]*)\)\s*return \((?<results>[^)]*)\)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Signature();

    private sealed class Builder(IReadOnlyList<TensorSpec> inputs, IReadOnlyList<ParameterSpec> parameters) : ExpansionBuilder
    {
        public List<TensorSpec> Tensors { get; } = [.. inputs];

        public override ExpansionTensor Input(int index = 0) => new(index);

        public override ExpansionTensor Mask
        {
            get
            {
                Tensors.Add(new TensorSpec(ElementType.Bool, Tensors[0].Shape));
                return new ExpansionTensor(Tensors.Count - 1);
            }
        }

        public override ExpansionTensor InputMask(int index)
        {
            Tensors.Add(new TensorSpec(ElementType.Bool, new Shape(Tensors[index].Shape.Sizes[..^1].ToArray())));
            return new ExpansionTensor(Tensors.Count - 1);
        }

        public override IReadOnlyList<ExpansionTensor> Apply(Layer layer, params ExpansionTensor[] inputs)
        {
            TensorSpec[] specs = [.. inputs.Select(i => Tensors[i.Id])];
            IReadOnlyList<TensorSpec> outputs = layer.Outputs(specs);
            CheckMeaning(layer, specs, outputs, false, parameters);
            Tensors.AddRange(outputs);
            return [.. Enumerable.Range(Tensors.Count - outputs.Count, outputs.Count).Select(i => new ExpansionTensor(i))];
        }
    }
}
