using System.CommandLine;
using System.Text.Json.Nodes;
using Keras2Dml.Cli.Output;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml doctor</c>: what this machine has, what is missing and how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        Option<bool> json = CommonOptions.Json();
        return new DocumentedCommand(
            "doctor",
            "Shows what this machine offers: CPU features, threads, memory, GPU, drawing, Java and SystemDS, what is missing and how to get it.",
            "keras2dml doctor",
            "keras2dml doctor --json")
        {
            json,
        }.Does(parsed =>
        {
            IEnumerable<Finding> findings = MachineReport.Findings();
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(new JsonArray([.. findings.Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["available"] = f.IsAvailable, ["value"] = f.Value, ["advice"] = f.Advice })]).ToJsonString());
                return ExitCodes.Success;
            }

            foreach (Finding finding in findings)
            {
                Console.Out.WriteLine($"{finding.Name,-14} {finding.Value}{(finding.Advice is null ? "" : ": " + finding.Advice)}");
            }

            return ExitCodes.Success;
        });
    }
}
