using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Keras2Dml.Conventions.Tests;

public sealed partial class ProjectReferenceTests
{
    [Fact]
    public void References_between_projects_are_exactly_those_of_the_table_in_ARCHITECTURE()
    {
        Dictionary<string, string[]> table = Table();
        Dictionary<string, string[]> actual = Directory.EnumerateFiles(Checkout.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(p => Path.GetFileNameWithoutExtension(p), References);
        Assert.Equal(table.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach ((string project, string[] references) in actual)
        {
            Assert.True(references.SequenceEqual(table[project]), $"{project} references {string.Join(", ", references)}; the table says {string.Join(", ", table[project])}.");
        }
    }

    private static string[] References(string path) =>
        [.. XDocument.Load(path).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).Order(StringComparer.Ordinal)];

    // Rows such as: | `Keras2Dml.Codegen` | ... | Core, Network, Library |
    private static Dictionary<string, string[]> Table() => File.ReadLines(Checkout.PathOf("ARCHITECTURE.md"))
        .Select(line => Row().Match(line))
        .Where(m => m.Success)
        .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["references"].Value.Trim() == "nothing"
            ? []
            : m.Groups["references"].Value.Split(',').Select(n => n.Trim() == "Keras2Dml" ? "Keras2Dml" : "Keras2Dml." + n.Trim()).Order(StringComparer.Ordinal).ToArray());

    [GeneratedRegex(@"^\| `(?<name>Keras2Dml[\w.]*)` \|.*\| (?<references>[^|]+) \|$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Row();
}
