using System.Text;

namespace Keras2Dml.Network.Lowering;

/// <summary>Gives out names that are valid, unique identifiers of a DML script.</summary>
/// <remarks>Names differ in more than case, because variables become files; a name never starts with an underscore, which SystemDS drops silently.</remarks>
internal sealed class ScriptNames
{
    // Keywords, constants and type names (dml-surface 1.1) and what SystemDS refuses as a variable.
    private static readonly string[] Reserved =
    [
        "source", "as", "setwd", "ifdef", "if", "else", "for", "parfor", "in", "while", "function", "externalFunction", "return", "implemented",
        "TRUE", "FALSE", "int", "integer", "string", "boolean", "bool", "double", "unknown", "matrix", "frame", "list", "scalar", "seq", "pi", "Inf", "NaN",
    ];

    private readonly HashSet<string> taken;

    public ScriptNames(IEnumerable<string> taken) => this.taken = new HashSet<string>([.. Reserved, .. taken], StringComparer.OrdinalIgnoreCase);

    /// <summary>A new name close to the wanted one: unlike characters become underscores, a number is added when it is taken.</summary>
    public string Take(string wanted)
    {
        string stem = Identifier(wanted);
        string name = stem;
        for (int i = 2; !taken.Add(name); i++)
        {
            name = $"{stem}_{i}";
        }

        return name;
    }

    /// <summary>Text as an identifier: ASCII letters, digits and single underscores, starting with a letter.</summary>
    public static string Identifier(string text)
    {
        var result = new StringBuilder();
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                result.Append(c);
            }
            else if (result.Length > 0 && result[^1] != '_')
            {
                result.Append('_');
            }
        }

        string name = result.ToString().TrimEnd('_');
        if (name.Length > 60)
        {
            name = name[..60].TrimEnd('_');
        }

        return name.Length == 0 ? "layer" : char.IsAsciiDigit(name[0]) ? "layer_" + name : name;
    }
}
