namespace Keras2Dml.Runtime.Threads;

/// <summary>Persistent worker threads that run the parts of one operation. The partition depends on the work, never on the number of threads.</summary>
internal sealed unsafe class WorkerPool : IDisposable
{
    // A worker waits so many times for new work before it sleeps: about 20 microseconds, the gap between two operations of a training step.
    private const int Spins = 1500;
    private const long Closed = int.MaxValue;
    private readonly Thread[] workers;
    private readonly Worker[] states;
    private delegate*<void*, int, void> body;
    private void* state;
    private int count;
    private int busy;

    // Generation of the job (high 32 bits) and its next part (low 32 bits): a part is claimed by adding 1, if nothing changed meanwhile.
    private long ticket = Closed;
    private int completed;
    private volatile bool stopping;
    private Exception? failure;

    [ThreadStatic]
    private static int threadIndex;

    /// <summary>Creates the pool; the calling thread is one of the threads.</summary>
    /// <param name="threads">Number of threads, at least 1.</param>
    public WorkerPool(int threads)
    {
        Count = Math.Max(1, threads);
        workers = new Thread[Count - 1];
        states = new Worker[Count - 1];
        for (int i = 0; i < workers.Length; i++)
        {
            int index = i;
            states[i] = new Worker();
            workers[i] = new Thread(() => Loop(index), 16 << 20) { IsBackground = true, Name = $"Keras2Dml worker {i + 1}" };
            workers[i].Start();
        }
    }

    /// <summary>Number of threads, the caller included.</summary>
    public int Count { get; }

    /// <summary>Inside a part: which of the pool's threads runs it, 0 to <see cref="Count"/> - 1. Scratch memory of a call is indexed by it.</summary>
    public static int ThreadIndex => threadIndex;

    /// <summary>Runs part 0 .. parts-1 of the work, each exactly once, on any thread; returns when all are done.</summary>
    /// <param name="parts">Number of parts; chosen from the shape of the work alone.</param>
    /// <param name="state">Handed to each call; lives on the caller's stack.</param>
    /// <param name="body">A static function; must not throw except for programming errors.</param>
    public void Run(int parts, void* state, delegate*<void*, int, void> body)
    {
        // A call from inside a part runs on its own thread alone; its scratch memory is its own, so it counts from 0 again.
        int outer = threadIndex;
        threadIndex = 0;
        try
        {
            if (parts <= 1 || Count == 1 || Interlocked.CompareExchange(ref busy, 1, 0) != 0)
            {
                for (int i = 0; i < parts; i++)
                {
                    body(state, i);
                }

                return;
            }

            try
            {
                RunParallel(parts, state, body);
            }
            finally
            {
                Volatile.Write(ref busy, 0);
            }
        }
        finally
        {
            threadIndex = outer;
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        stopping = true;
        foreach (Worker worker in states)
        {
            worker.Start();
        }
    }

    private void RunParallel(int parts, void* state, delegate*<void*, int, void> body)
    {
        // While the job changes there is nothing to claim. A worker that still looks at the former job fails to claim, because the ticket is another.
        long generation = (Volatile.Read(ref ticket) >> 32) + 1;
        Interlocked.Exchange(ref ticket, generation << 32 | Closed);
        this.state = state;
        this.body = body;
        count = parts;
        completed = 0;
        Interlocked.Exchange(ref ticket, (generation + 1) << 32);
        int helpers = Math.Min(workers.Length, parts - 1);
        for (int i = 0; i < helpers; i++)
        {
            states[i].Start();
        }

        Work();

        // All parts are claimed; wait for those that others claimed, but not for workers that have not woken up.
        // Parts are short: give the processor away only when the machine is busy with something else.
        int spins = 0;
        while (Volatile.Read(ref completed) != parts)
        {
            if (++spins < 4 * Spins)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Thread.Yield();
            }
        }

        if (failure is { } error)
        {
            failure = null;
            throw new InvalidOperationException("A parallel kernel failed.", error);
        }
    }

    private void Work()
    {
        while (true)
        {
            long seen = Volatile.Read(ref ticket);
            int part = (int)(seen & uint.MaxValue);
            void* argument = state;
            delegate*<void*, int, void> function = body;

            // Scratch memory is indexed by thread and counts on no more threads than parts.
            int parts = count;
            if (part >= parts || threadIndex >= parts)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref ticket, seen + 1, seen) != seen)
            {
                continue;
            }

            try
            {
                function(argument, part);
            }
            catch (Exception e)
            {
                failure = e;
            }

            Interlocked.Increment(ref completed);
        }
    }

    private void Loop(int index)
    {
        threadIndex = index + 1;
        while (true)
        {
            states[index].Wait();
            if (stopping)
            {
                return;
            }

            Work();
        }
    }

    /// <summary>The start signal of one worker: watched for a moment, then slept on.</summary>
    private sealed class Worker
    {
        private readonly SemaphoreSlim wake = new(0);
        private int pending;
        private int asleep;

        public void Start()
        {
            Volatile.Write(ref pending, 1);
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref asleep) != 0 && Interlocked.Exchange(ref asleep, 0) == 1)
            {
                wake.Release();
            }
        }

        public void Wait()
        {
            for (int i = 0; i < Spins; i++)
            {
                if (Volatile.Read(ref pending) != 0)
                {
                    Interlocked.Exchange(ref pending, 0);
                    return;
                }

                Thread.SpinWait(1);
            }

            Volatile.Write(ref asleep, 1);
            Interlocked.MemoryBarrier();

            // Work that arrived before the flag was seen: take it, unless the starter has already promised a wake-up.
            if (Volatile.Read(ref pending) == 0 || Interlocked.Exchange(ref asleep, 0) == 0)
            {
                wake.Wait();
            }

            Interlocked.Exchange(ref pending, 0);
        }
    }
}
