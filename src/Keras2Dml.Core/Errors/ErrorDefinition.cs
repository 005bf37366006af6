namespace Keras2Dml;

/// <summary>What kind of problem an error is; decides the exit code of the command.</summary>
public enum ErrorCategory
{
    /// <summary>The work itself failed (a script's run-time error, an unwritable output). Exit code 1.</summary>
    Failure = 1,

    /// <summary>Wrong usage: options, values out of range, a missing loss or optimizer. Exit code 2.</summary>
    Usage = 2,

    /// <summary>An unsupported or invalid model or script. Exit code 3.</summary>
    Invalid = 3,

    /// <summary>A bad, missing or damaged file, or bad data. Exit code 4.</summary>
    Data = 4,
}

/// <summary>One entry of the error catalogue.</summary>
/// <param name="Id">Stable identifier, for example <c>K2D1001</c>.</param>
/// <param name="Category">Kind of problem.</param>
/// <param name="Text">Message with numbered placeholders: what was expected, what was received, and what to do.</param>
public sealed record ErrorDefinition(string Id, ErrorCategory Category, string Text)
{
    /// <summary>True when Keras or SystemDS accepts what was asked for and Keras2Dml does not have it (yet); false when it is wrong everywhere.</summary>
    public bool IsUnsupported { get; init; }

    /// <summary>An exception with the placeholders filled in.</summary>
    /// <param name="arguments">Values for the placeholders, in order.</param>
    /// <returns>The exception to throw.</returns>
    public Keras2DmlException With(params object?[] arguments) => At(null, arguments);

    /// <summary>An exception with its place (file, layer, or script line and column).</summary>
    /// <param name="where">The place, in words, or null.</param>
    /// <param name="arguments">Values for the placeholders, in order.</param>
    /// <returns>The exception to throw.</returns>
    public Keras2DmlException At(string? where, params object?[] arguments) =>
        new(new Problem(this, Format(arguments), where));

    /// <summary>The problem as a value, for code that collects several before it throws.</summary>
    /// <param name="where">The place, in words, or null.</param>
    /// <param name="arguments">Values for the placeholders, in order.</param>
    /// <returns>The problem.</returns>
    public Problem ProblemAt(string? where, params object?[] arguments) => new(this, Format(arguments), where);

    private string Format(object?[] arguments) =>
        arguments.Length == 0 ? Text : string.Format(System.Globalization.CultureInfo.InvariantCulture, Text, arguments);
}
