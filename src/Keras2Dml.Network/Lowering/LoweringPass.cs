namespace Keras2Dml.Network.Lowering;

/// <summary>A step of lowering: a function from graph to graph with a name by which it can be switched off.</summary>
/// <param name="Name">Name in options and reports.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="IsRequired">True when no script can be written without it; such a pass cannot be switched off.</param>
/// <param name="Apply">The function.</param>
internal sealed record LoweringPass(string Name, string Description, bool IsRequired, Func<LoweredNetwork, LoweringOptions, LoweredNetwork> Apply);
