using System.Runtime.InteropServices;

namespace Keras2Dml.Cli.Output;

/// <summary>Ctrl-C (SIGINT) or SIGTERM once: stop after the batch and keep the weights; twice: end at once.</summary>
internal sealed class ConsoleCancellation : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly Action? requested;

    /// <summary>Listens until disposed.</summary>
    /// <param name="requested">Called at the first signal, on a thread of its own.</param>
    public ConsoleCancellation(Action? requested = null)
    {
        this.requested = requested;
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
        if (source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        source.Cancel();
        requested?.Invoke();
    }
}
