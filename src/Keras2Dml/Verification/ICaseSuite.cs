using System.Text.Json.Nodes;

namespace Keras2Dml.Verification;

/// <summary>Runs the cases of one kind of golden part.</summary>
internal interface ICaseSuite
{
    /// <summary>True when the suite knows this part.</summary>
    bool Handles(string part);

    /// <summary>Runs one case; what cannot be run because something is unsupported throws catalogue errors that say so or gives Skipped.</summary>
    /// <param name="index">The part.</param>
    /// <param name="entry">The case's line of the index.</param>
    /// <param name="options">How to run.</param>
    CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options);
}
