using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Keras2Dml.Cli.Commands;

namespace Keras2Dml.Conventions.Tests.Documentation;

/// <summary>Every command line in the pages and in the help is one that the command takes.</summary>
public sealed partial class CommandLineTests
{
    private static readonly RootCommand Root = RootCommandBuilder.Build();

    public static TheoryData<string, string> Lines
    {
        get
        {
            var lines = new TheoryData<string, string>();
            foreach (CodeBlock block in Markdown.Pages.SelectMany(Markdown.Blocks).Where(b => b.Language is "" or "sh" or "bash" or "console"))
            {
                foreach (string line in block.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
                {
                    if (Invocation().Match(line) is { Success: true } match)
                    {
                        lines.Add(block.ToString(), match.Groups[1].Value);
                    }
                }
            }

            foreach (DocumentedCommand command in Root.Subcommands.OfType<DocumentedCommand>())
            {
                foreach (string example in command.Examples)
                {
                    lines.Add(command.Name + " --help", example["keras2dml ".Length..]);
                }
            }

            return lines;
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_command_line_parses(string place, string line)
    {
        ParseResult parsed = Root.Parse(Words(line));
        Assert.True(parsed.Errors.Count == 0, $"{place}: {line}: {string.Join(" ", parsed.Errors.Select(e => e.Message))}");
        Assert.NotSame(Root, parsed.CommandResult.Command);
    }

    [Fact]
    public void Every_command_has_examples_and_stands_in_the_README()
    {
        string readme = File.ReadAllText(Checkout.PathOf("README.md"));
        foreach (Command command in Root.Subcommands)
        {
            Assert.True(command is DocumentedCommand { Examples.Count: > 0 }, command.Name);
            Assert.Matches($"`{command.Name}[ `]", readme);
        }
    }

    [Fact]
    public void Options_between_backticks_exist()
    {
        HashSet<string> options = [.. Root.Subcommands.Append(Root).SelectMany(c => c.Options).SelectMany(o => o.Aliases.Append(o.Name))];
        foreach (string page in new[] { "README.md", "docs/command.md" })
        {
            foreach ((int line, string code) in Markdown.Inline(page))
            {
                foreach (string word in code.Split(' ').Where(w => w.StartsWith("--", StringComparison.Ordinal)))
                {
                    Assert.True(options.Contains(word), $"{page}:{line}: {word}");
                }

                if (code.StartsWith("keras2dml ", StringComparison.Ordinal) && code.Split(' ')[1] is { } name && char.IsAsciiLetterLower(name[0]))
                {
                    Assert.Contains(Root.Subcommands, c => c.Name == name);
                }
            }
        }
    }

    // As a shell splits: quotes, comments, and nothing behind a pipe or a redirection.
    private static string[] Words(string line) =>
        [.. CommandLineParser.SplitCommandLine(line).TakeWhile(w => w is not ("|" or ">" or "2>" or "&&" or "#"))];

    [GeneratedRegex(@"^(?:\$ )?(?:keras2dml|dotnet run --project src/Keras2Dml\.Cli -c Release --|src/\S+/Keras2Dml\.Cli) (.+)$")]
    private static partial Regex Invocation();
}
