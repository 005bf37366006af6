using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class WorkerPoolTests
{
    [Fact]
    public unsafe void Every_part_runs_exactly_once_on_a_thread_of_its_own_index()
    {
        using var pool = new WorkerPool(3);
        int* runs = stackalloc int[64];
        for (int round = 0; round < 20000; round++)
        {
            int parts = 1 + round % 9;
            new Span<int>(runs, 64).Clear();
            pool.Run(parts, runs, &Count);
            for (int i = 0; i < parts; i++)
            {
                Assert.Equal(1, runs[i]);
            }

            // Threads beyond the number of parts must not have taken any.
            for (int i = Math.Min(3, parts); i < 3; i++)
            {
                Assert.Equal(0, runs[32 + i]);
            }
        }
    }

    [Fact]
    public unsafe void A_failing_part_is_reported_and_the_pool_goes_on()
    {
        using var pool = new WorkerPool(2);
        int* runs = stackalloc int[64];
        Assert.Throws<InvalidOperationException>(() => pool.Run(4, null, &Fail));
        pool.Run(4, runs, &Count);
        Assert.Equal([1, 1, 1, 1], new Span<int>(runs, 4).ToArray());
    }

    private static unsafe void Count(void* state, int part)
    {
        Interlocked.Increment(ref ((int*)state)[part]);
        Interlocked.Increment(ref ((int*)state)[32 + WorkerPool.ThreadIndex]);
    }

    private static unsafe void Fail(void* state, int part) => throw new ArithmeticException();
}
