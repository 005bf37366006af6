using System.Text.Json.Nodes;
using Keras2Dml.Codegen;
using Keras2Dml.Core.Memory;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Benchmarks;

/// <summary>The measured networks and how they are trained.</summary>
internal static class Models
{
    /// <summary>Layers of LeNet for images 28 x 28: two 5x5 convolutions with pooling, two dense layers.</summary>
    public static IReadOnlyList<string> LeNetLayers { get; } =
    [
        """{"class_name": "Conv2D", "config": {"name": "conv1", "filters": 32, "kernel_size": [5, 5], "padding": "same", "activation": "relu"}}""",
        """{"class_name": "MaxPooling2D", "config": {"name": "pool1", "pool_size": [2, 2]}}""",
        """{"class_name": "Conv2D", "config": {"name": "conv2", "filters": 64, "kernel_size": [5, 5], "padding": "same", "activation": "relu"}}""",
        """{"class_name": "MaxPooling2D", "config": {"name": "pool2", "pool_size": [2, 2]}}""",
        """{"class_name": "Flatten", "config": {"name": "flatten"}}""",
        """{"class_name": "Dense", "config": {"name": "dense1", "units": 512, "activation": "relu"}}""",
        """{"class_name": "Dense", "config": {"name": "scores", "units": 10, "activation": "softmax"}}""",
    ];

    /// <summary>The network of <see cref="LeNetLayers"/>.</summary>
    public static NetworkModel LeNet() => Sequential(new Shape(28, 28, 1), [.. LeNetLayers]);

    /// <summary>784-512-512-10.</summary>
    public static NetworkModel Mlp() => Sequential(
        new Shape(784),
        """{"class_name": "Dense", "config": {"name": "dense1", "units": 512, "activation": "relu"}}""",
        """{"class_name": "Dense", "config": {"name": "dense2", "units": 512, "activation": "relu"}}""",
        """{"class_name": "Dense", "config": {"name": "scores", "units": 10, "activation": "softmax"}}""");

    /// <summary>Cross entropy on integer labels, SGD with Nesterov momentum.</summary>
    public static TrainingSpec Training(double rate)
    {
        var reader = new ConfigReader();
        var spec = new TrainingSpec
        {
            Optimizer = Read(ObjectKind.Optimizer, string.Create(System.Globalization.CultureInfo.InvariantCulture, $$$"""{"class_name": "SGD", "config": {"learning_rate": {{{rate}}}, "momentum": 0.9, "nesterov": true}}""")),
            Losses = [Read(ObjectKind.Loss, "\"sparse_categorical_crossentropy\"")],
            Metrics = [[Read(ObjectKind.Metric, "\"accuracy\"")]],
        };
        reader.ThrowIfAny();
        return spec;

        KerasObject Read(ObjectKind kind, string json) => reader.Read(kind, JsonNode.Parse(json), "compile") ?? throw new Keras2DmlException(reader.Problems);
    }

    /// <summary>Glorot uniform kernels, zero biases and optimizer slots.</summary>
    public static Matrix InitialValue(BufferPool pool, ScriptBinding binding, Random random)
    {
        if (binding.Parameter is not { } parameter)
        {
            return pool.Rent(1, 1, MatrixType.Double, clear: true);
        }

        Matrix m = pool.Rent(parameter.Spec.Storage.Rows, parameter.Spec.Storage.Columns, MatrixType.Single, clear: true);
        if (binding.Role == BindingRole.Parameter && parameter.Spec.Shape.Count > 1)
        {
            int cells = parameter.Spec.Shape.Take(parameter.Spec.Shape.Count - 2).Aggregate(1, (a, b) => a * b);
            double limit = Math.Sqrt(6.0 / (cells * (parameter.Spec.Shape[^1] + parameter.Spec.Shape[^2])));
            foreach (ref float cell in m.Singles)
            {
                cell = (float)((random.NextDouble() * 2 - 1) * limit);
            }
        }

        return m;
    }

    private static NetworkModel Sequential(Shape input, params string[] layers)
    {
        var reader = new ConfigReader();
        var nodes = new List<Node>();
        var uses = new List<LayerUse>();
        TensorSpec spec = new(ElementType.Float32, input);
        var inputUse = new LayerUse("input", LayerOf("""{"class_name": "Dense", "config": {"name": "input", "units": 1}}"""));
        nodes.Add(new Node { Id = 0, Layer = inputUse, Inputs = [], Outputs = [spec] });
        foreach (string json in layers)
        {
            Layer layer = LayerOf(json);
            var use = new LayerUse(layer.Name, layer);
            use.Parameters = [.. layer.Parameters([spec]).Select(p => new ModelParameter(p, layer.Name + "/" + p.Name))];
            uses.Add(use);
            IReadOnlyList<TensorSpec> outputs = layer.Outputs([spec]);
            nodes.Add(new Node { Id = nodes.Count, Layer = use, Inputs = [new TensorReference(nodes.Count - 1)], Outputs = outputs });
            spec = outputs[0];
        }

        return new NetworkModel
        {
            Name = "sequential", ClassName = "Sequential", Nodes = nodes, Layers = uses,
            Inputs = [new ModelInput("input", null, new TensorReference(0))],
            Outputs = [new ModelOutput(uses[^1].Path, null, new TensorReference(nodes.Count - 1))],
        };

        Layer LayerOf(string json)
        {
            Layer? layer = reader.ReadLayer(JsonNode.Parse(json));
            reader.ThrowIfAny();
            return layer!;
        }
    }
}
