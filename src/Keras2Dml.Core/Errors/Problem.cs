namespace Keras2Dml;

/// <summary>One finding: a catalogue entry with its message and place.</summary>
/// <param name="Definition">The catalogue entry.</param>
/// <param name="Message">The message with all values filled in.</param>
/// <param name="Where">File, layer, argument or script position; null when the message says it.</param>
public sealed record Problem(ErrorDefinition Definition, string Message, string? Where)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Where is null ? $"{Definition.Id}: {Message}" : $"{Definition.Id}: {Where}: {Message}";
}
