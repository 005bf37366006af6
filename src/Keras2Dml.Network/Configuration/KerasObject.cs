namespace Keras2Dml.Network.Configuration;

/// <summary>What a Keras class is.</summary>
internal enum ObjectKind { Layer, Activation, Initializer, Regularizer, Constraint, Optimizer, Schedule, Loss, Metric, Operation }

/// <summary>Declaration of a Keras class or function: its name, aliases and arguments. The reader fills arguments by name and rejects what is not declared.</summary>
internal sealed record KerasClass(ObjectKind Kind, string Name, IReadOnlyList<string> Aliases, IReadOnlyList<Argument> Arguments)
{
    public Argument? Find(string argument) => Arguments.FirstOrDefault(a => a.Name == argument);
}

/// <summary>An instance of a Keras class as configured: values by argument name, defaults filled in.</summary>
internal sealed class KerasObject(KerasClass @class, IReadOnlyDictionary<string, object?> values)
{
    public KerasClass Class { get; } = @class;

    public string ClassName => Class.Name;

    /// <summary>Values by argument name. Types: bool, long, double, string, KerasObject, null, and object?[] lists of these.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; } = values;

    /// <summary>The same with another value of an argument.</summary>
    public KerasObject With(string argument, object? value) => new(Class, new Dictionary<string, object?>(Values) { [argument] = value });

    public bool Bool(string argument) => (bool)Values[argument]!;

    public int Int(string argument) => checked((int)(long)Values[argument]!);

    public int? OptionalInt(string argument) => Values[argument] is long value ? checked((int)value) : null;

    public double Double(string argument) => Values[argument] is long l ? l : (double)Values[argument]!;

    public double? OptionalDouble(string argument) => Values[argument] is null ? null : Double(argument);

    public string String(string argument) => (string)Values[argument]!;

    public string? OptionalString(string argument) => (string?)Values[argument];

    public KerasObject? Object(string argument) => (KerasObject?)Values[argument];

    /// <summary>A list of integers (an argument declared as a tuple).</summary>
    public int[] Ints(string argument) => [.. ((object?[])Values[argument]!).Select(v => checked((int)(long)v!))];
}
