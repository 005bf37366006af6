using System.Globalization;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training;

/// <summary>A penalty on a variable: <c>forward(X, constants) return (double penalty)</c>, <c>backward(X, constants) return (matrix dX)</c>.</summary>
/// <param name="Class">Declaration.</param>
/// <param name="File">File in the library: <c>regularizers/l2</c>.</param>
/// <param name="Constants">Literals after X.</param>
internal sealed record RegularizerDefinition(KerasClass Class, string File, Func<KerasObject, IReadOnlyList<Operand>> Constants)
{
    /// <summary>
    /// A factor as it was meant: files of Keras hold some factors as float32 (0.009999999776482582 for 0.01); the shortest number that reads back to that float32 stands for it.
    /// </summary>
    public static double Factor(double stored) =>
        stored == (float)stored ? double.Parse(((float)stored).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : stored;
}
