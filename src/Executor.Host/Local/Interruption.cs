using System.Runtime.InteropServices;
using Executor.Host.Output;

namespace Executor.Host.Local;

/// <summary>
/// The first Ctrl-C asks for an orderly end, the second for an immediate one. Being told to terminate, as by a supervisor
/// or when the machine goes down, asks for an immediate one too, and wants nothing of runs: they are to go on later.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _byPerson = new();
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _forced = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Interruption()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, On));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, On));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, On));
    }

    /// <summary>Cancelled at the first Ctrl-C and by nothing else: somebody wants what runs here to end.</summary>
    public CancellationToken ByPerson => _byPerson.Token;

    /// <summary>Cancelled at the first Ctrl-C or when told to terminate, and always before <see cref="Forced"/>.</summary>
    public CancellationToken Asked => _asked.Token;

    public CancellationToken Forced => _forced.Token;

    /// <summary>Does what can be interrupted before it has anything to tell of.</summary>
    public static async Task<int> HeedAsync(Func<Interruption, Task<int>> act)
    {
        using var interruption = new Interruption();
        try
        {
            return await act(interruption);
        }
        catch (OperationCanceledException) when (interruption.Asked.IsCancellationRequested)
        {
            Talk.Line("interrupted");
            return ExitCode.Interrupted;
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _byPerson.Dispose();
        _asked.Dispose();
        _forced.Dispose();
    }

    private void On(PosixSignalContext context)
    {
        context.Cancel = true;
        var isPerson = context.Signal == PosixSignal.SIGINT;
        var force = !isPerson || _asked.IsCancellationRequested;
        if (isPerson)
        {
            _byPerson.Cancel();
        }

        _asked.Cancel();
        if (force)
        {
            _forced.Cancel();
        }
    }
}
