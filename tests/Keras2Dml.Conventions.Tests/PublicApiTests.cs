using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace Keras2Dml.Conventions.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_recorded_one()
    {
        string actual = Surface();
        string path = Checkout.PathOf("tests/Keras2Dml.Conventions.Tests/PublicApi.txt");
        string recorded = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        if (actual != recorded)
        {
            string received = Path.ChangeExtension(path, ".received.txt");
            File.WriteAllText(received, actual);
            Assert.Fail($"The public surface changed. Compare {received} with {Path.GetFileName(path)} and replace the latter when the change is meant.");
        }
    }

    [Fact]
    public void Every_public_member_is_documented()
    {
        var missing = new List<string>();
        foreach (Assembly assembly in Repository.Assemblies)
        {
            string xml = Path.ChangeExtension(assembly.Location, ".xml");
            HashSet<string> documented = [.. XDocument.Load(xml).Descendants("member").Where(m => m.Element("summary") is not null || m.Element("inheritdoc") is not null).Select(m => m.Attribute("name")!.Value)];
            missing.AddRange(assembly.GetExportedTypes().Where(t => !documented.Contains("T:" + t.FullName!.Replace('+', '.'))).Select(t => t.FullName!));
        }

        Assert.Empty(missing);
    }

    private static string Surface()
    {
        var text = new StringBuilder();
        foreach (Type type in Repository.Assemblies.SelectMany(a => a.GetExportedTypes()).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(type.IsEnum ? "enum " : type.IsInterface ? "interface " : type.IsValueType ? "struct " : type.IsAbstract && type.IsSealed ? "static class " : "class ").Append(type.FullName).Append('\n');
            foreach (string member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m is not MethodInfo { IsSpecialName: true } && !m.Name.StartsWith('<') && m.Name != "value__")
                .Select(m => $"  {m}").Order(StringComparer.Ordinal))
            {
                text.Append(member).Append('\n');
            }
        }

        return text.ToString();
    }
}
