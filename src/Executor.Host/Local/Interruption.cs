using System.Runtime.InteropServices;

namespace Executor.Host.Local;

/// <summary>
/// The first Ctrl-C asks for an orderly end, the second for an immediate one; being told to terminate is the second.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _forced = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Interruption()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, On));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, On));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, On));
    }

    /// <summary>Cancelled at the first Ctrl-C, and always before <see cref="Forced"/>.</summary>
    public CancellationToken Asked => _asked.Token;

    public CancellationToken Forced => _forced.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _asked.Dispose();
        _forced.Dispose();
    }

    private void On(PosixSignalContext context)
    {
        context.Cancel = true;
        var force = context.Signal != PosixSignal.SIGINT || _asked.IsCancellationRequested;
        _asked.Cancel();
        if (force)
        {
            _forced.Cancel();
        }
    }
}
