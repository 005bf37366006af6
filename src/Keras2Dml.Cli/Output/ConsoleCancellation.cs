using System.Runtime.InteropServices;

namespace Keras2Dml.Cli.Output;

/// <summary>Ctrl-C (SIGINT) or SIGTERM once: stop after the batch and keep the weights; twice: end at once.</summary>
internal sealed class ConsoleCancellation : IDisposable
{
    // timeout(1) sends its signal to the process and then to the process's group: that is one request.
    private static readonly TimeSpan SameRequest = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource source = new();
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private long first;
    private readonly PosixSignalRegistration[] registrations;
    private readonly Action? requested;

    /// <summary>Listens until disposed.</summary>
    /// <param name="requested">Called at the first signal, on a thread of its own.</param>
    /// <param name="clock">Tells a second request from an echo of the first.</param>
    public ConsoleCancellation(Action? requested = null, TimeProvider? clock = null)
    {
        this.requested = requested;
        this.clock = clock ?? TimeProvider.System;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    /// <summary>Takes the first signal over; the second does what the system does with it.</summary>
    internal void OnSignal(PosixSignalContext context)
    {
        lock (gate)
        {
            if (source.IsCancellationRequested)
            {
                context.Cancel = clock.GetElapsedTime(first) < SameRequest;
                return;
            }

            context.Cancel = true;
            first = clock.GetTimestamp();
            source.Cancel();
        }

        requested?.Invoke();
    }
}
