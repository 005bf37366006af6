using System.Text.RegularExpressions;

namespace Keras2Dml.Tests.Robustness;

/// <summary>Changes scripts token by token: missing, repeated, swapped and foreign tokens, extreme numbers, unbalanced and deep brackets.</summary>
internal sealed partial class ScriptMutator
{
    private static readonly string[] Numbers = ["0", "-1", "1", "2", "7", "0.5", "1e308", "-1e308", "2147483648", "9223372036854775807", "99999999999999999999", "NaN", "1/0", "65536", "TRUE"];
    private static readonly string[] Operators = ["+", "-", "*", "/", "^", "%*%", "%%", "%/%", "==", "!=", "<", ">=", "&", "|", "!", "=", "<-", "(", ")", "[", "]", "{", "}", ",", ";", ":", "$", "#", "\"", "'"];
    private readonly string[] words;

    /// <summary>Takes the words of some scripts, from which foreign tokens come.</summary>
    public ScriptMutator(IEnumerable<string> scripts) =>
        words = [.. scripts.SelectMany(s => Token().Matches(s).Select(m => m.Value)).Where(t => char.IsLetter(t[0]) || t[0] is '"' or '\'').Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>One to three changes.</summary>
    public string Change(string script, Random random)
    {
        List<string> tokens = [.. Token().Matches(script).Select(m => m.Value)];
        for (int i = random.Next(3); i >= 0 && tokens.Count > 0; i--)
        {
            ChangeOnce(tokens, random);
        }

        return string.Concat(tokens);
    }

    private void ChangeOnce(List<string> tokens, Random random)
    {
        int place = random.Next(tokens.Count);
        switch (random.Next(8))
        {
            case 0:
                tokens.RemoveAt(place);
                break;
            case 1:
                tokens.Insert(place, tokens[random.Next(tokens.Count)]);
                break;
            case 2:
                int other = random.Next(tokens.Count);
                (tokens[place], tokens[other]) = (tokens[other], tokens[place]);
                break;
            case 3:
                int[] numbers = [.. Enumerable.Range(0, tokens.Count).Where(t => char.IsAsciiDigit(tokens[t][0]))];
                if (numbers.Length > 0)
                {
                    tokens[numbers[random.Next(numbers.Length)]] = Numbers[random.Next(Numbers.Length)];
                }

                break;
            case 4:
                int[] names = [.. Enumerable.Range(0, tokens.Count).Where(t => char.IsLetter(tokens[t][0]))];
                if (names.Length > 0)
                {
                    tokens[names[random.Next(names.Length)]] = words[random.Next(words.Length)];
                }

                break;
            case 5:
                tokens.Insert(place, Operators[random.Next(Operators.Length)]);
                break;
            case 6:
                int depth = 1 << random.Next(1, 12);
                tokens.Insert(place, new string("([{-!"[random.Next(5)], depth));
                break;
            default:
                tokens.RemoveRange(place, Math.Min(random.Next(1, 20), tokens.Count - place));
                break;
        }
    }

    [GeneratedRegex(@"#[^\n]*|""(\\.|[^""\\\n])*""|'(\\.|[^'\\\n])*'|[A-Za-z_][\w.]*|\d+(\.\d*)?([eE][-+]?\d+)?|\s+|%\*%|%/%|%%|[-+*/^<>=!&|:]=?|.", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Token();
}
