using Keras2Dml.Core.Errors;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>Cell-by-cell operators.</summary>
internal static class ElementwiseTable
{
    public static KernelTable Unary { get; } = new()
    {
        ["abs"] = UnaryKernel<Abs>.Run,
        ["sqrt"] = UnaryKernel<SquareRoot>.Run,
        ["exp"] = UnaryKernel<Exponential>.Run,
        ["log"] = UnaryKernel<NaturalLogarithm>.Run,
        ["floor"] = UnaryKernel<Floor>.Run,
        ["ceiling"] = UnaryKernel<Ceiling>.Run,
        ["round"] = UnaryKernel<Round>.Run,
        ["sign"] = UnaryKernel<Sign>.Run,
        ["sin"] = UnaryKernel<Sine>.Run,
        ["cos"] = UnaryKernel<Cosine>.Run,
        ["tan"] = UnaryKernel<Tangent>.Run,
        ["asin"] = UnaryKernel<ArcSine>.Run,
        ["acos"] = UnaryKernel<ArcCosine>.Run,
        ["atan"] = UnaryKernel<ArcTangent>.Run,
        ["sinh"] = UnaryKernel<HyperbolicSine>.Run,
        ["cosh"] = UnaryKernel<HyperbolicCosine>.Run,
        ["tanh"] = UnaryKernel<HyperbolicTangent>.Run,
        ["sigmoid"] = UnaryKernel<Sigmoid>.Run,
        ["negate"] = UnaryKernel<Negate>.Run,
        ["!"] = UnaryKernel<Not>.Run,
        ["is.na"] = UnaryKernel<IsNaN>.Run,
        ["is.nan"] = UnaryKernel<IsNaN>.Run,
        ["is.infinite"] = UnaryKernel<IsInfinite>.Run,
    };

    public static KernelTable Binary { get; } = new()
    {
        ["+"] = BinaryKernel<Add>.Run,
        ["-"] = BinaryKernel<Subtract>.Run,
        ["*"] = BinaryKernel<Multiply>.Run,
        ["/"] = BinaryKernel<Divide>.Run,
        ["^"] = BinaryKernel<Power>.Run,
        ["%%"] = BinaryKernel<Modulus>.Run,
        ["%/%"] = BinaryKernel<IntegerDivide>.Run,
        ["<"] = BinaryKernel<Less>.Run,
        ["<="] = BinaryKernel<LessEqual>.Run,
        [">"] = BinaryKernel<Greater>.Run,
        [">="] = BinaryKernel<GreaterEqual>.Run,
        ["=="] = BinaryKernel<Equal>.Run,
        ["!="] = BinaryKernel<NotEqual>.Run,
        ["&"] = BinaryKernel<And>.Run,
        ["|"] = BinaryKernel<Or>.Run,
        ["xor"] = BinaryKernel<Xor>.Run,
        ["min"] = BinaryKernel<Minimum>.Run,
        ["max"] = BinaryKernel<Maximum>.Run,
        ["log_base"] = BinaryKernel<Logarithm>.Run,
        ["bitwAnd"] = BinaryKernel<BitAnd>.Run,
        ["bitwOr"] = BinaryKernel<BitOr>.Run,
        ["bitwXor"] = BinaryKernel<BitXor>.Run,
        ["bitwShiftL"] = BinaryKernel<ShiftLeft>.Run,
        ["bitwShiftR"] = BinaryKernel<ShiftRight>.Run,
    };

    public static KernelTable Other { get; } = new()
    {
        ["ifelse"] = IfElseKernel.Run,
        ["outer"] = Outer,
    };

    // Inputs: column, row, name of a binary operator.
    private static void Outer(ref KernelCall call)
    {
        string name = call.Text(2);
        if (!Binary.TryGetValue(name, out Kernel? kernel))
        {
            throw KernelErrors.Value.With("outer", "the name of a binary operator", name);
        }

        call.Inputs = call.Inputs[..2];
        kernel(ref call);
    }
}
