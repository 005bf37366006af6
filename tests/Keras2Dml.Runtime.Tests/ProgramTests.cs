using Keras2Dml.Core.Memory;

namespace Keras2Dml.Runtime.Tests;

public sealed class ProgramTests
{
    [Fact]
    public void OneProgramRunsOnSeveralThreadsAtOnce()
    {
        CompiledProgram program = ScriptEngine.Compile(Scripts.DenseTraining.Replace("STEPS", "40", StringComparison.Ordinal), "test.dml", new CompileOptions());
        var inputs = new Dictionary<string, double[,]> { ["X"] = ScriptRun.Random(24, 16, 1), ["W"] = ScriptRun.Random(16, 5, 2), ["b"] = ScriptRun.Random(1, 5, 3) };
        using ScriptRun expected = ScriptRun.Of(program, inputs);
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            using ScriptRun run = ScriptRun.Of(program, inputs);
            Assert.Equal(expected.Cells("W"), run.Cells("W"));
        });
    }

    [Fact]
    public void EndlessRecursionIsAnErrorWithItsPlace()
    {
        var error = Assert.Throws<Keras2DmlException>(() => ScriptRun.Of("""
            f = function(int n) return (int m) {
              m = n
              if (n > 0) { m = f(n + 1) }
            }
            x = f(1)
            print(x)
            """).Dispose());
        Assert.Equal("K2D4006", error.Id);
    }

    [Fact]
    public void RecursionThatEndsRuns()
    {
        using ScriptRun run = ScriptRun.Of("""
            fib = function(int n) return (int m) {
              m = n
              if (n > 1) {
                a = fib(n - 1)
                b = fib(n - 2)
                m = a + b
              }
            }
            x = fib(15)
            print(x)
            """);
        Assert.Equal("610\n", run.Text);
    }

    [Fact]
    public void RunTimeErrorsNameTheLine()
    {
        var error = Assert.Throws<Keras2DmlException>(() => ScriptRun.Of("""
            X = matrix(1, rows=2, cols=3)
            i = 0
            while (i < 5) {
              i = i + 1
              Y = X[i, ]
            }
            print(sum(Y))
            """).Dispose());
        Assert.Contains("test.dml:5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MemoryGoesBackWhenAScriptFails()
    {
        using var pool = new BufferPool();
        using var workers = new Threads.WorkerPool(1);
        using var context = new ExecutionContext { Backend = new Cpu.CpuBackend(), Pool = pool, Threads = workers };
        CompiledProgram program = ScriptEngine.Compile("""
            X = matrix(1, rows=100, cols=100)
            Y = X * 2
            s = sum(Y)
            if (s > 0) { Z = Y %*% X
              stop("enough " + sum(Z)) }
            print(sum(Y))
            """, "test.dml", new CompileOptions());
        Assert.Throws<Keras2DmlException>(() => program.Execute(context));
        Assert.Equal(0, pool.UsedBytes);
    }

    [Fact]
    public void MemoryGoesBackAtTheEnd()
    {
        foreach ((string _, string text) in Scripts.All)
        {
            using ScriptRun run = ScriptRun.Of(text, new Dictionary<string, double[,]> { ["X"] = ScriptRun.Random(24, 16, 1), ["W"] = ScriptRun.Random(16, 5, 2), ["b"] = ScriptRun.Random(1, 5, 3) });
            run.Context.Dispose();
            Assert.Equal(0, run.Context.Pool.UsedBytes);
        }
    }

    [Fact]
    public void LoopsAreCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using var workers = new Threads.WorkerPool(1);
        using var context = new ExecutionContext { Backend = new Cpu.CpuBackend(), Threads = workers, Cancellation = cancellation.Token };
        cancellation.CancelAfter(50);
        CompiledProgram program = ScriptEngine.Compile("i = 0\nwhile (i >= 0) { i = i + 1 }\nprint(i)\n", "test.dml", new CompileOptions());
        Assert.ThrowsAny<OperationCanceledException>(() => program.Execute(context));
    }

    [Theory]
    [InlineData("ast", "Z = ((Xb %*% W) + b)")]
    [InlineData("operators", "matrixmultiply(")]
    [InlineData("plan", "matrixmultiply(")]
    public void ExplainShowsEachStageWithoutARun(string stage, string part)
    {
        CompiledProgram program = ScriptEngine.Compile(Scripts.DenseTraining.Replace("STEPS", "2", StringComparison.Ordinal), "test.dml", new CompileOptions());
        Assert.Contains(part, program.Explain(stage), StringComparison.Ordinal);
    }

    [Fact]
    public void LoopsOverKnownNumbersInFunctionsBecomeOnePlan()
    {
        CompiledProgram program = ScriptEngine.Compile("""
            total = function(matrix[double] A, int n) return (matrix[double] S) {
              S = matrix(0, rows=1, cols=ncol(A))
              for (i in 1:n) { S = S + A[i, ] }
            }
            X = matrix(seq(1, 12), rows=4, cols=3)
            S = total(X, 4)
            print(sum(S))
            """, "test.dml", new CompileOptions());
        using ScriptRun run = ScriptRun.Of(program);
        Assert.Equal("78.0\n", run.Text);
        Assert.DoesNotContain("call total", program.Explain("plan"), StringComparison.Ordinal);
    }
}
