namespace Keras2Dml.Runtime.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void TrainingStepAllocatesNoManagedMemoryAfterWarmUp()
    {
        var inputs = new Dictionary<string, double[,]> { ["X"] = ScriptRun.Random(32, 16, 1), ["W"] = ScriptRun.Random(16, 5, 2), ["b"] = ScriptRun.Random(1, 5, 3) };
        CompiledProgram few = ScriptEngine.Compile(Scripts.DenseTraining.Replace("STEPS", "$n", StringComparison.Ordinal), "test.dml", new CompileOptions { Arguments = new Dictionary<string, string> { ["n"] = "100" } });
        CompiledProgram many = ScriptEngine.Compile(Scripts.DenseTraining.Replace("STEPS", "$n", StringComparison.Ordinal), "test.dml", new CompileOptions { Arguments = new Dictionary<string, string> { ["n"] = "1100" } });
        Allocated(few, inputs);
        Allocated(many, inputs);
        long extra = Allocated(many, inputs) - Allocated(few, inputs);
        Assert.True(extra < 1000, $"{extra} bytes in 1000 steps");
    }

    private static long Allocated(CompiledProgram program, IReadOnlyDictionary<string, double[,]> inputs)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ScriptRun run = ScriptRun.Of(program, inputs);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
