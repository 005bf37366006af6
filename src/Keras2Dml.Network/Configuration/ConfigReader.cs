using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Text;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Network.Configuration;

/// <summary>Turns Keras configurations (JSON) into <see cref="KerasObject"/>s by the declarations of their classes.</summary>
/// <remarks>
/// Understands Keras 3 objects (<c>{module, class_name, config, registered_name}</c>), Keras 2 objects (<c>{class_name, config}</c>) and names.
/// Arguments that are not declared are rejected. Nothing is thrown while reading: <see cref="Problems"/> collects every finding, so that a user sees all of them at once.
/// Serialized Python code is never looked into.
/// </remarks>
internal sealed class ConfigReader
{
    private readonly List<Problem> problems = [];

    /// <summary>Everything found so far, in reading order.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>Adds a finding of the caller, so that it is reported together with the others.</summary>
    public void Add(Problem problem) => problems.Add(problem);

    /// <summary>Throws one exception with all findings, if there are any.</summary>
    /// <exception cref="Keras2DmlException">Something was found.</exception>
    public void ThrowIfAny()
    {
        if (problems.Count > 0)
        {
            throw new Keras2DmlException(problems);
        }
    }

    /// <summary>Reads a layer, or an operation node of a functional model (<c>x + y</c>, <c>NotEqual</c>).</summary>
    /// <param name="node">The serialized layer.</param>
    /// <param name="constants">Constants in the call of an operation, by parameter name (<see cref="LayerRegistration.CallParameters"/>); they are arguments of the operation.</param>
    /// <returns>The layer; null when a problem was found.</returns>
    public Layer? ReadLayer(JsonNode? node, IReadOnlyDictionary<string, JsonNode?>? constants = null)
    {
        int before = problems.Count;
        KerasObject? config = Read(IsOperation(node) ? ObjectKind.Operation : ObjectKind.Layer, node, null, constants);
        return config is null || problems.Count > before ? null : LayerTable.Create(config);
    }

    /// <summary>True when a serialized node is an operation (module <c>keras.src.ops...</c>) and not a layer.</summary>
    public static bool IsOperation(JsonNode? node) =>
        JsonValues.Text(JsonValues.Property(node, "module"))?.Contains(".ops", StringComparison.Ordinal) == true;

    /// <summary>Reads an object of a kind: by name or with a configuration; JSON null gives null.</summary>
    /// <param name="kind">What is expected.</param>
    /// <param name="node">The JSON value.</param>
    /// <param name="where">The place for messages; null to name it by the object itself (layers).</param>
    /// <param name="constants">Further arguments beside those of the configuration.</param>
    /// <returns>The object; null for JSON null or when a problem was found.</returns>
    public KerasObject? Read(ObjectKind kind, JsonNode? node, string? where, IReadOnlyDictionary<string, JsonNode?>? constants = null)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonValue value when value.TryGetValue(out string? name):
                return ByName(kind, name, where);
            case JsonObject o when JsonValues.Text(o["class_name"]) is { } className:
                return FromObject(kind, o, className, where, constants);
            default:
                problems.Add(NetworkErrors.NotAnObject.ProblemAt(where, Describe(kind), JsonValues.Shown(node)));
                return null;
        }
    }

    /// <summary>An object of a class with all its defaults, as Keras makes it from a name.</summary>
    public KerasObject? ByName(ObjectKind kind, string name, string? where)
    {
        if (KerasClasses.Find(kind, name) is { } @class)
        {
            return Fill(@class, [], where);
        }

        problems.Add(Unknown(kind, name, where));
        return null;
    }

    private KerasObject? FromObject(ObjectKind kind, JsonObject node, string className, string? where, IReadOnlyDictionary<string, JsonNode?>? constants)
    {
        var config = node["config"] as JsonObject;
        string? layerName = JsonValues.Text(config?["name"]) ?? JsonValues.Text(node["name"]);
        if (kind is ObjectKind.Layer or ObjectKind.Operation)
        {
            string shown = layerName is null ? $"layer of class {className}" : $"layer '{layerName}' ({className})";
            where = where is null ? shown : $"{where}, {shown}";
        }

        if (JsonValues.HoldsCode(node))
        {
            problems.Add(NetworkErrors.SerializedCode.ProblemAt(where, layerName is null ? className : $"'{layerName}'"));
            return null;
        }

        // A function by name: {"module": "builtins", "class_name": "function", "config": "relu"}.
        if (className == "function" && JsonValues.Text(node["config"]) is { } function)
        {
            return ByName(kind, function, where);
        }

        // "Custom>Adam": the class as registered under a package name.
        string bareName = className[(className.LastIndexOf('>') + 1)..];
        if (!JsonValues.IsKerasModule(node["module"]) || KerasClasses.Find(kind, bareName) is not { } @class)
        {
            problems.Add(Unknown(kind, className, where));
            return null;
        }

        Dictionary<string, JsonNode?> given = [];
        foreach ((string argument, JsonNode? value) in config ?? [])
        {
            given[argument] = value;
        }

        foreach ((string argument, JsonNode? value) in constants ?? new Dictionary<string, JsonNode?>())
        {
            given[argument] = value;
        }

        if (layerName is not null && !given.ContainsKey("name") && @class.Find("name") is not null)
        {
            given["name"] = JsonValue.Create(layerName);
        }

        return Fill(@class, given, where);
    }

    /// <summary>Values for every declared argument; problems for what is undeclared, missing or wrong.</summary>
    private KerasObject? Fill(KerasClass @class, Dictionary<string, JsonNode?> given, string? where)
    {
        int before = problems.Count;
        foreach ((string name, JsonNode? value) in given)
        {
            if (@class.Find(name) is null && !IsBenign(@class, name, value))
            {
                IEnumerable<string> declared = @class.Arguments.Select(a => a.Name);
                problems.Add(NetworkErrors.UndeclaredArgument.ProblemAt(where, @class.Name, name, JsonValues.Shown(value), Suggestion.Sentence(name, declared), string.Join(", ", declared)));
            }
        }

        Dictionary<string, object?> values = [];
        foreach (Argument argument in @class.Arguments)
        {
            values[argument.Name] = given.TryGetValue(argument.Name, out JsonNode? node)
                ? Value(@class, argument, node, where)
                : Default(@class, argument, where);
        }

        return problems.Count > before ? null : new KerasObject(@class, values);
    }

    /// <summary>Keys that Keras writes beside the arguments and that mean nothing: the name of a loss, schedule or optimizer.</summary>
    private static bool IsBenign(KerasClass @class, string name, JsonNode? value) =>
        (name == "name" && @class.Kind is not ObjectKind.Layer) || (value is null && name is "quantization_config" or "build_config");

    private object? Default(KerasClass @class, Argument argument, string? where)
    {
        if (argument.Required)
        {
            problems.Add(NetworkErrors.MissingArgument.ProblemAt(where, @class.Name, argument.Name, Expected(argument)));
            return null;
        }

        return argument.Type == ArgumentType.Object && argument.Default is string name ? ByName(argument.Object, name, Place(where, argument)) : argument.Default;
    }

    private object? Value(KerasClass @class, Argument argument, JsonNode? node, string? where)
    {
        string? expected = null;
        switch (argument.Type)
        {
            case ArgumentType.Object when node is null && argument.Required:
                break;
            case ArgumentType.Object:
                return Read(argument.Object, node, Place(where, argument));
            case ArgumentType.DoubleOrObject when node is JsonObject:
                return Read(argument.Object, node, Place(where, argument));
            default:
                if (JsonValues.TryRead(argument, node, out object? value))
                {
                    expected = argument.Check?.Invoke(value) ?? JsonValues.OutOfRange(argument, value);
                    if (expected is null)
                    {
                        return value;
                    }
                }

                break;
        }

        problems.Add(NetworkErrors.WrongValue.ProblemAt(where, @class.Name, argument.Name, expected ?? Expected(argument), JsonValues.Shown(node)));
        return null;
    }

    private static string? Place(string? where, Argument argument) => where is null ? $"argument '{argument.Name}'" : $"{where}, argument '{argument.Name}'";

    /// <summary>What values an argument takes, in words; the check's own words when it has some.</summary>
    private static string Expected(Argument argument) => argument.Check?.Invoke(null) ?? argument.Type switch
    {
        ArgumentType.Bool => "true or false",
        ArgumentType.Int => "an integer",
        ArgumentType.OptionalInt or ArgumentType.Seed => "an integer or null",
        ArgumentType.Double => "a number",
        ArgumentType.OptionalDouble => "a number or null",
        ArgumentType.Text => "a text",
        ArgumentType.IntTuple => argument.Length == 0 ? "an integer or a list of integers" : string.Create(CultureInfo.InvariantCulture, $"an integer or a list of {argument.Length} integers"),
        ArgumentType.Object => "a " + Describe(argument.Object),
        ArgumentType.DoubleOrObject => "a number or a " + Describe(argument.Object),
        ArgumentType.DataType => "a data type or dtype policy, one of " + string.Join(", ", JsonValues.DataTypes),
        _ => "another value",
    };

    private static Problem Unknown(ObjectKind kind, string name, string? where) => kind switch
    {
        ObjectKind.Layer => NetworkErrors.UnknownLayer.ProblemAt(where, name, Suggestion.Sentence(name, KerasClasses.Names(kind))),
        _ => NetworkErrors.UnknownClass.ProblemAt(where, name, Describe(kind), Suggestion.Sentence(name, KerasClasses.Names(kind)), string.Join(", ", KerasClasses.Names(kind))),
    };

    private static string Describe(ObjectKind kind) => kind switch
    {
        ObjectKind.Layer => "layer",
        ObjectKind.Activation => "activation function",
        ObjectKind.Schedule => "learning-rate schedule",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
