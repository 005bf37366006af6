using System.Text.RegularExpressions;

namespace Keras2Dml.Conventions.Tests.Documentation;

/// <summary>A block of code in a page.</summary>
/// <param name="Page">Path of the page below the repository's root.</param>
/// <param name="Line">Line on which the code starts.</param>
/// <param name="Language">What stands behind the fence; empty for an indented block.</param>
/// <param name="SourceFile">The file that the block is taken from (<c>file=...</c> behind the language), or null.</param>
/// <param name="Text">The code.</param>
internal sealed record CodeBlock(string Page, int Line, string Language, string? SourceFile, string Text)
{
    public override string ToString() => $"{Page}:{Line}";
}

/// <summary>Finds code in the pages of the repository.</summary>
internal static partial class Markdown
{
    /// <summary>All pages, by their paths.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        .. new[] { "docs", "samples", "benchmarks" }.SelectMany(f => Directory.EnumerateFiles(Checkout.PathOf(f), "*.md", SearchOption.AllDirectories))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj"))
            .Concat(Directory.EnumerateFiles(Checkout.Root, "*.md"))
            .Select(f => Path.GetRelativePath(Checkout.Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    /// <summary>Fenced and indented blocks.</summary>
    public static IEnumerable<CodeBlock> Blocks(string page)
    {
        string[] lines = File.ReadAllLines(Checkout.PathOf(page));
        for (int i = 0; i < lines.Length; i++)
        {
            int start = i + 1;
            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                while (++i < lines.Length && !lines[i].StartsWith("```", StringComparison.Ordinal))
                {
                }

                yield return new CodeBlock(page, start + 1, fence.Groups[1].Value, fence.Groups[2].Success ? fence.Groups[2].Value : null, string.Join('\n', lines[start..i]) + "\n");
            }
            else if (lines[i].StartsWith("    ", StringComparison.Ordinal) && (i == 0 || lines[i - 1].Length == 0))
            {
                while (i + 1 < lines.Length && lines[i + 1].StartsWith("    ", StringComparison.Ordinal))
                {
                    i++;
                }

                yield return new CodeBlock(page, start, "", null, string.Join('\n', lines[(start - 1)..(i + 1)].Select(l => l[4..])) + "\n");
            }
        }
    }

    /// <summary>Text between backticks outside of blocks, with its line.</summary>
    public static IEnumerable<(int Line, string Code)> Inline(string page)
    {
        bool fenced = false;
        int number = 0;
        foreach (string line in File.ReadLines(Checkout.PathOf(page)))
        {
            number++;
            fenced ^= line.StartsWith("```", StringComparison.Ordinal);
            foreach (Match match in fenced ? [] : Span().Matches(line).AsEnumerable())
            {
                yield return (number, match.Groups[1].Value);
            }
        }
    }

    [GeneratedRegex(@"^```(\w*)(?: file=(\S+))?\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();
}
