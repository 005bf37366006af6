using Keras2Dml.Core.Errors;

namespace Keras2Dml.Dml.Syntax;

/// <summary>Collects problems of scripts with their source lines.</summary>
internal sealed class DiagnosticBag
{
    private const int MostReported = 50;
    private readonly List<Problem> problems = [];
    private readonly Dictionary<string, string[]> lines = new(StringComparer.Ordinal);

    public IReadOnlyList<Problem> Problems => problems;

    public bool HasErrors => problems.Count > 0;

    /// <summary>True when no further problem is taken.</summary>
    public bool IsFull => problems.Count >= MostReported;

    /// <summary>Makes the text of a file known, so that messages can show its lines.</summary>
    public void AddSource(string file, string text) => lines[file] = text.Split('\n');

    public void Report(ErrorDefinition definition, SourceSpan span, params object?[] arguments)
    {
        if (IsFull)
        {
            return;
        }

        Problem problem = definition.ProblemAt($"{span.File}:{span.Line}:{span.Column}", arguments);
        if (lines.TryGetValue(span.File, out string[]? text) && span.Line >= 1 && span.Line <= text.Length)
        {
            string line = text[span.Line - 1].TrimEnd('\r').Replace('\t', ' ');
            if (line.Length <= 200)
            {
                int length = Math.Clamp(span.Length, 1, Math.Max(1, line.Length - span.Column + 1));
                problem = problem with { Message = $"{problem.Message}\n    {line}\n    {new string(' ', Math.Max(0, span.Column - 1))}{new string('^', length)}" };
            }
        }

        problems.Add(problem);
    }

    /// <summary>Throws everything that was reported, if anything was.</summary>
    public void ThrowIfAny()
    {
        if (problems.Count > 0)
        {
            throw new Keras2DmlException([.. problems]);
        }
    }
}
