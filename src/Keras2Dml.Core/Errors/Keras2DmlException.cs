namespace Keras2Dml;

/// <summary>Every failure that a user can cause or meet, with an entry of the error catalogue for each finding.</summary>
public sealed class Keras2DmlException : Exception
{
    /// <summary>Creates the exception for one problem.</summary>
    /// <param name="problem">What went wrong.</param>
    public Keras2DmlException(Problem problem)
        : this([problem])
    {
    }

    /// <summary>Creates the exception for several problems that were found together.</summary>
    /// <param name="problems">All findings, at least one.</param>
    public Keras2DmlException(IReadOnlyList<Problem> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
        Problems = problems;
    }

    /// <summary>All findings, in the order in which they were made.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>The catalogue identifier of the first finding.</summary>
    public string Id => Problems[0].Definition.Id;

    /// <summary>True when every finding is of something that Keras2Dml does not have (yet).</summary>
    public bool IsUnsupported => Problems.All(p => p.Definition.IsUnsupported);

    /// <summary>The category of the first finding.</summary>
    public ErrorCategory Category => Problems[0].Definition.Category;
}
