using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>Calls a function of the caller in place of a library function.</summary>
internal static class HostBuiltin
{
    public static void Run(ref BuiltinContext c) => c.Context.HostFunctions.GetAlternateLookup<ReadOnlySpan<char>>()[c.Instruction.Name.AsSpan("host:".Length)](c.Inputs, c.Outputs);
}
