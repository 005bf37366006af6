namespace Keras2Dml.Network.Functions;

/// <summary>The common shapes of <see cref="FunctionPair"/>s.</summary>
internal static class LayerFunctions
{
    /// <summary>
    /// A function of one tensor whose gradient comes from the input: <c>forward(X, arguments)</c>, <c>backward(dout, X, arguments)</c>.
    /// </summary>
    /// <param name="file">File of the library.</param>
    /// <param name="layout">Order of cells.</param>
    /// <param name="variant">Ending of the names of both functions: <c>_masked</c>.</param>
    /// <param name="arguments">Further arguments of both.</param>
    public static FunctionPair OfInput(string file, LayoutRule layout, string variant = "", params Operand[] arguments) => new()
    {
        File = file,
        ForwardName = "forward" + variant,
        BackwardName = "backward" + variant,
        ForwardArguments = [Operand.Input(), .. arguments],
        ForwardResults = [Result.Output()],
        BackwardArguments = [Operand.OutputGradient(), Operand.Input(), .. arguments],
        BackwardResults = [Result.InputGradient()],
        Layout = layout,
    };

    /// <summary>A linear function of one tensor: <c>forward(X, forwardArguments)</c>, <c>backward(dout, backwardArguments)</c>.</summary>
    public static FunctionPair Linear(string file, LayoutRule layout, string variant, IReadOnlyList<Operand> forwardArguments, IReadOnlyList<Operand> backwardArguments) => new()
    {
        File = file,
        ForwardName = "forward" + variant,
        BackwardName = "backward" + variant,
        ForwardArguments = [Operand.Input(), .. forwardArguments],
        ForwardResults = [Result.Output()],
        BackwardArguments = [Operand.OutputGradient(), .. backwardArguments],
        BackwardResults = [Result.InputGradient()],
        Layout = layout,
    };

    /// <summary>A function without a gradient: comparisons, masks.</summary>
    public static FunctionPair WithoutGradient(string file, string name, LayoutRule layout, params Operand[] arguments) => new()
    {
        File = file,
        ForwardName = name,
        ForwardArguments = arguments,
        ForwardResults = [Result.Output()],
        Layout = layout,
    };
}
