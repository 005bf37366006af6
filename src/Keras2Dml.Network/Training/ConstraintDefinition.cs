using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Training;

/// <summary>A projection of a variable after its update: <c>project(X, constants) return (matrix X)</c>.</summary>
/// <param name="Class">Declaration.</param>
/// <param name="File">File in the library: <c>constraints/max_norm</c>.</param>
/// <param name="Constants">Literals after X for a variable; axes of the configuration are Keras's, X lies in its DML layout.</param>
internal sealed record ConstraintDefinition(KerasClass Class, string File, Func<KerasObject, ParameterSpec, IReadOnlyList<Operand>> Constants);
