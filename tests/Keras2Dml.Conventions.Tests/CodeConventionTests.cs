using System.Reflection;
using System.Runtime.CompilerServices;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Conventions.Tests;

public sealed class CodeConventionTests
{
    private const int LongestFile = 600;

    [Fact]
    public void No_static_field_can_be_assigned_after_construction()
    {
        string[] mutable = [.. Repository.Assemblies.SelectMany(a => a.GetTypes())
            .Where(t => !t.IsEnum && !IsGenerated(t))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => !f.IsLiteral && !f.IsInitOnly && !f.Name.StartsWith("<>", StringComparison.Ordinal) && !f.IsDefined(typeof(CompilerGeneratedAttribute)) && !f.IsDefined(typeof(ThreadStaticAttribute)))
            .Select(f => $"{f.DeclaringType!.FullName}.{f.Name}")];
        Assert.Empty(mutable);
    }

    [Fact]
    public void Every_layer_class_is_registered_once()
    {
        LayerRegistration[] declared = [.. typeof(Layer).Assembly.GetTypes()
            .Select(t => t.GetProperty("Registration", BindingFlags.Public | BindingFlags.Static))
            .Where(p => p?.PropertyType == typeof(LayerRegistration))
            .Select(p => (LayerRegistration)p!.GetValue(null)!)];
        Assert.NotEmpty(declared);
        Assert.Empty(declared.Select(d => d.Class.Name).Except(LayerTable.All.Select(r => r.Class.Name)));
        string[] names = [.. LayerTable.All.SelectMany(r => r.Class.Aliases.Append(r.Class.Name).Select(n => $"{r.Class.Kind} {n}"))];
        Assert.Equal(names.Distinct().Count(), names.Length);
    }

    [Fact]
    public void The_library_does_not_write_to_the_console()
    {
        string[] offenders = [.. Repository.SourceFiles("src")
            .Where(f => !f.Contains("Keras2Dml.Cli", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(f).Contains("Console.", StringComparison.Ordinal))];
        Assert.Empty(offenders);
    }

    [Fact]
    public void Files_fit_in_the_head()
    {
        string[] large = [.. Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests"))
            .Where(f => !f.Contains("Generated", StringComparison.Ordinal))
            .Select(f => (File: f, Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > LongestFile)
            .Select(f => $"{Path.GetRelativePath(Checkout.Root, f.File)}: {f.Lines} lines")];
        Assert.Empty(large);
    }

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.FullName!.Contains('<') || (type.DeclaringType is { } outer && IsGenerated(outer));
}
