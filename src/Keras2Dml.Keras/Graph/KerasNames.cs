using System.Text;

namespace Keras2Dml.Keras.Graph;

/// <summary>Names as Keras makes them.</summary>
internal static class KerasNames
{
    /// <summary>The name of a class in paths: <c>Conv2D</c> is <c>conv2d</c>, <c>PReLU</c> is <c>p_re_lu</c> (keras/src/utils/naming.py, to_snake_case).</summary>
    public static string SnakeCase(string className)
    {
        // (.)([A-Z][a-z]+) -> \1_\2, then ([a-z])([A-Z]) -> \1_\2.
        var first = new StringBuilder();
        string word = string.Concat(className.Where(c => char.IsLetterOrDigit(c) || c == '_'));
        for (int i = 0; i < word.Length; i++)
        {
            bool starts = char.IsAsciiLetterUpper(word[i]) && i + 1 < word.Length && char.IsAsciiLetterLower(word[i + 1]);
            if (starts && i > 0)
            {
                first.Append('_');
            }

            first.Append(word[i]);
        }

        var result = new StringBuilder();
        for (int i = 0; i < first.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterLower(first[i - 1]) && char.IsAsciiLetterUpper(first[i]))
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(first[i]));
        }

        return result.ToString();
    }

    /// <summary>Numbers names in their order: <c>dense</c>, <c>dense_1</c>, ...</summary>
    public static IEnumerable<string> Numbered(IEnumerable<string> names)
    {
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            int number = used.TryGetValue(name, out int last) ? last + 1 : 0;
            used[name] = number;
            yield return number == 0 ? name : $"{name}_{number}";
        }
    }
}
