using Keras2Dml.Core.Errors;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>Cell-by-cell operators.</summary>
internal static class ElementwiseTable
{
    /// <summary>Operators that may be steps of a chain.</summary>
    public static IReadOnlyDictionary<string, CellFunction> Functions { get; } = new Dictionary<string, CellFunction>(StringComparer.Ordinal)
    {
        ["abs"] = CellFunction.Unary<Abs>(),
        ["sqrt"] = CellFunction.Unary<SquareRoot>(),
        ["exp"] = CellFunction.Unary<Exponential>(),
        ["log"] = CellFunction.Unary<NaturalLogarithm>(),
        ["floor"] = CellFunction.Unary<Floor>(),
        ["ceiling"] = CellFunction.Unary<Ceiling>(),
        ["round"] = CellFunction.Unary<Round>(),
        ["sign"] = CellFunction.Unary<Sign>(),
        ["sin"] = CellFunction.Unary<Sine>(),
        ["cos"] = CellFunction.Unary<Cosine>(),
        ["tan"] = CellFunction.Unary<Tangent>(),
        ["asin"] = CellFunction.Unary<ArcSine>(),
        ["acos"] = CellFunction.Unary<ArcCosine>(),
        ["atan"] = CellFunction.Unary<ArcTangent>(),
        ["sinh"] = CellFunction.Unary<HyperbolicSine>(),
        ["cosh"] = CellFunction.Unary<HyperbolicCosine>(),
        ["tanh"] = CellFunction.Unary<HyperbolicTangent>(),
        ["sigmoid"] = CellFunction.Unary<Sigmoid>(),
        ["negate"] = CellFunction.Unary<Negate>(),
        ["!"] = CellFunction.Unary<Not>(),
        ["is.na"] = CellFunction.Unary<IsNaN>(),
        ["is.nan"] = CellFunction.Unary<IsNaN>(),
        ["is.infinite"] = CellFunction.Unary<IsInfinite>(),
        ["+"] = CellFunction.Binary<Add>(),
        ["-"] = CellFunction.Binary<Subtract>(),
        ["*"] = CellFunction.Binary<Multiply>(),
        ["/"] = CellFunction.Binary<Divide>(),
        ["^"] = CellFunction.Binary<Power>(),
        ["%%"] = CellFunction.Binary<Modulus>(),
        ["%/%"] = CellFunction.Binary<IntegerDivide>(),
        ["<"] = CellFunction.Binary<Less>(),
        ["<="] = CellFunction.Binary<LessEqual>(),
        [">"] = CellFunction.Binary<Greater>(),
        [">="] = CellFunction.Binary<GreaterEqual>(),
        ["=="] = CellFunction.Binary<Equal>(),
        ["!="] = CellFunction.Binary<NotEqual>(),
        ["&"] = CellFunction.Binary<And>(),
        ["|"] = CellFunction.Binary<Or>(),
        ["xor"] = CellFunction.Binary<Xor>(),
        ["min"] = CellFunction.Binary<Minimum>(),
        ["max"] = CellFunction.Binary<Maximum>(),
        ["log_base"] = CellFunction.Binary<Logarithm>(),
        ["bitwAnd"] = CellFunction.Binary<BitAnd>(),
        ["bitwOr"] = CellFunction.Binary<BitOr>(),
        ["bitwXor"] = CellFunction.Binary<BitXor>(),
        ["bitwShiftL"] = CellFunction.Binary<ShiftLeft>(),
        ["bitwShiftR"] = CellFunction.Binary<ShiftRight>(),
        ["ifelse"] = CellFunction.Choice(),
    };

    public static KernelTable All { get; } = Build();

    private static KernelTable Build()
    {
        var table = new KernelTable { ["outer"] = Outer, ["cell_chain"] = ChainKernel.Run };
        foreach ((string name, CellFunction function) in Functions)
        {
            table.Add(name, function.Kernel);
        }

        return table;
    }

    // Inputs: column, row, name of a binary operator.
    private static void Outer(ref KernelCall call)
    {
        string name = call.Text(2);
        if (!Functions.TryGetValue(name, out CellFunction? function) || function.Inputs != 2)
        {
            throw KernelErrors.Value.With("outer", "the name of a binary operator", name);
        }

        call.Inputs = call.Inputs[..2];
        function.Kernel(ref call);
    }
}
