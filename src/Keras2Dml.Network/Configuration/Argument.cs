namespace Keras2Dml.Network.Configuration;

/// <summary>Declaration of one argument: its name as in Keras, its default, and how a JSON value becomes its value.</summary>
/// <param name="Name">Keras's name.</param>
/// <param name="Type">What values it takes.</param>
/// <param name="Default">Value when the configuration leaves it out; for objects the name of a class.</param>
/// <param name="Required">True when Keras has no default.</param>
/// <param name="Check">Says what was expected when a parsed value is illegal (<c>a positive integer</c>), null when it is legal.</param>
/// <param name="Object">Kind of object for <see cref="ArgumentType.Object"/> and <see cref="ArgumentType.DoubleOrObject"/>.</param>
/// <param name="Length">Number of elements for <see cref="ArgumentType.IntTuple"/>; a single integer is repeated. 0 for any number, a single integer being a list of one.</param>
internal sealed record Argument(string Name, ArgumentType Type, object? Default, bool Required = false, Func<object?, string?>? Check = null, ObjectKind Object = ObjectKind.Layer, int Length = 0)
{
    public static Argument Bool(string name, bool @default) => new(name, ArgumentType.Bool, @default);

    public static Argument Int(string name, long @default, long minimum = long.MinValue) => new(name, ArgumentType.Int, @default, Check: AtLeast(minimum));

    public static Argument RequiredInt(string name, long minimum = 1) => new(name, ArgumentType.Int, null, true, AtLeast(minimum));

    public static Argument OptionalInt(string name) => new(name, ArgumentType.OptionalInt, null);

    public static Argument Double(string name, double @default, Func<object?, string?>? check = null) => new(name, ArgumentType.Double, @default, Check: check);

    public static Argument RequiredDouble(string name) => new(name, ArgumentType.Double, null, true);

    public static Argument OptionalDouble(string name, Func<object?, string?>? check = null) => new(name, ArgumentType.OptionalDouble, null, Check: check);

    /// <summary>A number between two bounds, both included.</summary>
    public static Argument Double(string name, double @default, double minimum, double maximum) =>
        new(name, ArgumentType.Double, @default, Check: v => v is double d && d >= minimum && d <= maximum ? null :
            double.IsPositiveInfinity(maximum) ? $"a number of at least {minimum}" : $"a number between {minimum} and {maximum}");

    public static Argument Text(string name, string? @default, params string[] legal) =>
        new(name, ArgumentType.Text, @default, Check: legal.Length == 0 ? null : v => v is null || (v is string s && Array.IndexOf(legal, s) >= 0) ? null : "one of " + string.Join(", ", legal));

    /// <summary>A tuple of positive integers, or one integer for all elements.</summary>
    public static Argument IntTuple(string name, int length, long? @default, long minimum = 1) =>
        new(name, ArgumentType.IntTuple, @default is { } d ? Enumerable.Repeat<object?>(d, length).ToArray() : null, @default is null,
            v => v is null || (v is object?[] a && Array.TrueForAll(a, e => e is long l && l >= minimum)) ? null : $"{length} integers of at least {minimum}", Length: length);

    /// <summary>One integer or any number of them (axes); always read as a list.</summary>
    public static Argument Ints(string name, params long[] @default) =>
        new(name, ArgumentType.IntTuple, @default.Cast<object?>().ToArray());

    /// <summary>One integer or any number of them, without a default.</summary>
    public static Argument RequiredInts(string name) => new(name, ArgumentType.IntTuple, null, true);

    /// <summary>One integer or any number of them, or nothing.</summary>
    public static Argument OptionalInts(string name) => new(name, ArgumentType.IntTuple, null);

    public static Argument Activation(string name = "activation", string? @default = null) => new(name, ArgumentType.Object, @default, Object: ObjectKind.Activation);

    public static Argument Initializer(string name, string? @default) => new(name, ArgumentType.Object, @default, Object: ObjectKind.Initializer);

    public static Argument Regularizer(string name) => new(name, ArgumentType.Object, null, Object: ObjectKind.Regularizer);

    public static Argument Constraint(string name) => new(name, ArgumentType.Object, null, Object: ObjectKind.Constraint);

    /// <summary>A layer inside a layer (the <c>layer</c> of TimeDistributed, the <c>cell</c> of RNN).</summary>
    public static Argument Layer(string name, bool required = true) => new(name, ArgumentType.Object, null, required);

    /// <summary>A number, or a learning-rate schedule.</summary>
    public static Argument DoubleOrSchedule(string name, double @default) => new(name, ArgumentType.DoubleOrObject, @default, Object: ObjectKind.Schedule);

    /// <summary>A random seed: an integer, a serialized SeedGenerator, or nothing.</summary>
    public static Argument Seed(string name = "seed") => new(name, ArgumentType.Seed, null);

    /// <summary>Any JSON value, kept as object?[] / dictionary / scalar; the class reads it itself.</summary>
    public static Argument Any(string name, object? @default = null, bool required = false, Func<object?, string?>? check = null) =>
        new(name, ArgumentType.Any, @default, required, check);

    private static Func<object?, string?>? AtLeast(long minimum) => minimum == long.MinValue ? null : v => v is long l && l >= minimum ? null : minimum == 1 ? "a positive integer" : $"an integer of at least {minimum}";
}

/// <summary>What values an argument takes.</summary>
internal enum ArgumentType
{
    Bool,
    Int,
    OptionalInt,
    Double,
    OptionalDouble,
    Text,
    IntTuple,
    Object,
    Any,

    /// <summary>A number (double) or an object (a schedule).</summary>
    DoubleOrObject,

    /// <summary>An integer or null; a serialized SeedGenerator gives its seed.</summary>
    Seed,

    /// <summary>A data type or dtype policy; its name as a string, or null.</summary>
    DataType,
}
