namespace Keras2Dml.Runtime.Threads;



/// <summary>Persistent worker threads that run the parts of one operation. The partition depends on the work, never on the number of threads.</summary>
internal sealed unsafe class WorkerPool : IDisposable
{
    private readonly Thread[] workers;
    private readonly SemaphoreSlim[] starts;
    private readonly Lock gate = new();
    private delegate*<void*, int, void> body;
    private void* state;
    private int next;
    private int count;
    private int running;
    private volatile bool stopping;
    private Exception? failure;

    /// <summary>Creates the pool; the calling thread is one of the threads.</summary>
    /// <param name="threads">Number of threads, at least 1.</param>
    public WorkerPool(int threads)
    {
        Count = Math.Max(1, threads);
        workers = new Thread[Count - 1];
        starts = new SemaphoreSlim[Count - 1];
        for (int i = 0; i < workers.Length; i++)
        {
            int index = i;
            starts[i] = new SemaphoreSlim(0);
            workers[i] = new Thread(() => Loop(index), 16 << 20) { IsBackground = true, Name = $"Keras2Dml worker {i + 1}" };
            workers[i].Start();
        }
    }

    /// <summary>Number of threads, the caller included.</summary>
    public int Count { get; }

    /// <summary>Runs part 0 .. parts-1 of the work, each exactly once, on any thread; returns when all are done.</summary>
    /// <param name="parts">Number of parts; chosen from the shape of the work alone.</param>
    /// <param name="state">Handed to each call; lives on the caller's stack.</param>
    /// <param name="body">A static function; must not throw except for programming errors.</param>
    public void Run(int parts, void* state, delegate*<void*, int, void> body)
    {
        if (parts <= 1 || Count == 1 || !gate.TryEnter())
        {
            for (int i = 0; i < parts; i++)
            {
                body(state, i);
            }

            return;
        }

        try
        {
            this.state = state;
            this.body = body;
            count = parts;
            next = 0;
            int helpers = Math.Min(workers.Length, parts - 1);
            Volatile.Write(ref running, helpers);
            for (int i = 0; i < helpers; i++)
            {
                starts[i].Release();
            }

            Work();
            var spin = default(SpinWait);
            while (Volatile.Read(ref running) != 0)
            {
                spin.SpinOnce(-1);
            }

            if (failure is { } error)
            {
                failure = null;
                throw new InvalidOperationException("A parallel kernel failed.", error);
            }
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        stopping = true;
        foreach (SemaphoreSlim start in starts)
        {
            start.Release();
        }
    }

    private void Work()
    {
        int part;
        while ((part = Interlocked.Increment(ref next) - 1) < count)
        {
            body(state, part);
        }
    }

    private void Loop(int index)
    {
        while (true)
        {
            starts[index].Wait();
            if (stopping)
            {
                return;
            }

            try
            {
                Work();
            }
            catch (Exception e)
            {
                failure = e;
            }

            Interlocked.Decrement(ref running);
        }
    }
}
