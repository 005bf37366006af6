using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training;

/// <summary>A penalty on a variable: <c>forward(X, constants) return (double penalty)</c>, <c>backward(X, constants) return (matrix dX)</c>.</summary>
/// <param name="Class">Declaration.</param>
/// <param name="File">File in the library: <c>regularizers/l2</c>.</param>
/// <param name="Constants">Literals after X.</param>
internal sealed record RegularizerDefinition(KerasClass Class, string File, Func<KerasObject, IReadOnlyList<Operand>> Constants);
