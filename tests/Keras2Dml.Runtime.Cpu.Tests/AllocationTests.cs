using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class AllocationTests
{
    [Fact]
    public void Kernels_of_a_training_step_allocate_no_managed_memory()
    {
        using var runner = new KernelRunner(2, MatrixType.Single);
        Matrix x = runner.Matrix(Cells.Random(16, 4 * 12 * 12)), f = runner.Matrix(Cells.Random(8, 100, 2)), y = runner.Matrix(Cells.Random(16, 8 * 12 * 12, 3)), pooled = runner.Matrix(Cells.Random(16, 4 * 36, 4));
        Matrix row = runner.Matrix(Cells.Random(1, x.Columns, 5)), w = runner.Matrix(Cells.Random(x.Columns, 10, 6)), b = runner.Matrix(Cells.Random(1, 10, 7)), rows = runner.Matrix(Cells.Make(5, 1, (i, _) => i + 1), MatrixType.Double);
        Value[] sizes = Numbers(4, 12, 12, 8, 5, 5, 1, 1, 2, 2, 2, 2, 1, 1, 1), windows = Numbers(4, 12, 12, 2, 2, 2, 2, 0, 0, 0, 0);
        Value X = Value.Of(x), No = Value.Of(false), Yes = Value.Of(true);
        (string Name, Value[] Inputs)[] calls =
        [
            ("conv2d", [X, Value.Of(f), .. sizes]), ("conv2d_backward_data", [Value.Of(f), Value.Of(y), .. sizes]), ("conv2d_backward_filter", [X, Value.Of(y), .. sizes]),
            ("max_pool", [X, .. windows]), ("max_pool_backward", [X, Value.Of(pooled), .. windows]), ("avg_pool", [X, .. windows, Yes]),
            ("matrixmultiply", [X, Value.Of(w), No, No]), ("matrixmultiply", [X, X, Yes, No]), ("multiply_bias_relu", [X, Value.Of(w), Value.Of(b)]),
            ("+", [X, Value.Of(row)]), ("max", [X, Value.Of(0.0)]), ("exp", [X]), ("ifelse", [X, X, Value.Of(0.0)]), ("cell_chain", [X, Value.Of(row), Value.Of(2.0)]),
            ("sum", [X]), ("colSums", [X]), ("rowMaxs", [X]), ("rowIndexMax", [X]), ("t", [X]), ("index", [X, .. Numbers(2, 5, 0, 0)]), ("index", [X, .. Numbers(2, 5, 3, 9)]),
            ("permute", [X, .. Numbers(4, 12, 12, 2, 3, 1)]), ("pad2d", [X, .. Numbers(4, 12, 12, 1, 1, 1, 1, 0)]), ("cbind", [X, X]), ("gather_rows", [X, Value.Of(rows)]),
            ("fill", [Value.Of(1.0), .. Numbers(3, 4)]), ("philox_uniform", Numbers(1, 2, 30, 40)), ("reshape", [X, .. Numbers(64, 144), Yes]),
        ];
        var program = new CellProgram(3, [new CellStep("*", 0, 1, -1), new CellStep("-", 3, 2, -1)]);
        var backend = new CpuBackend();
        var outputs = new Value[4];
        foreach ((string name, Value[] inputs) in calls)
        {
            long bytes = 0;
            for (int round = 0; round < 3; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                var call = new KernelCall { Inputs = inputs, Outputs = outputs, Pool = runner.Pool, Threads = runner.Threads, Precision = MatrixType.Single, Program = program };
                backend.Find(name)!(ref call);
                if (outputs[0].Tag == ValueTag.Matrix)
                {
                    outputs[0].AsMatrix().Release();
                }

                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            Assert.True(bytes == 0, $"{name} allocated {bytes} bytes");
        }
    }

    private static Value[] Numbers(params long[] numbers) => [.. numbers.Select(Value.Of)];
}
