using System.Reflection;
using System.Text.RegularExpressions;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Conventions.Tests;

public sealed partial class ErrorCatalogueTests
{
    [Fact]
    public void Every_error_has_its_own_identifier()
    {
        string[] twice = [.. ErrorCatalogue.All.GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key)];
        Assert.Empty(twice);
        Assert.All(ErrorCatalogue.All, e => Assert.Matches(Identifier(), e.Id));
    }

    [Fact]
    public void Every_definition_is_listed_once_in_its_area()
    {
        ErrorDefinition[] declared = [.. typeof(ErrorCatalogue).Assembly.GetTypes()
            .Where(t => t.Namespace == "Keras2Dml.Core.Errors" && t.Name.EndsWith("Errors", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(f => f.FieldType == typeof(ErrorDefinition))
            .Select(f => (ErrorDefinition)f.GetValue(null)!)];
        Assert.NotEmpty(declared);
        Assert.Equal(declared.Select(d => d.Id).Order(StringComparer.Ordinal), ErrorCatalogue.All.Select(d => d.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_definition_is_used()
    {
        string code = string.Concat(Repository.SourceFiles("src").Where(f => !f.EndsWith("Errors.cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        string[] unused = [.. typeof(ErrorCatalogue).Assembly.GetTypes()
            .Where(t => t.Namespace == "Keras2Dml.Core.Errors" && t.Name.EndsWith("Errors", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(f => f.FieldType == typeof(ErrorDefinition)).Select(f => $"{t.Name}.{f.Name}"))
            .Where(n => !code.Contains(n, StringComparison.Ordinal))];
        Assert.Empty(unused);
    }

    [GeneratedRegex("^K2D[1-7][0-9]{3}$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Identifier();
}
