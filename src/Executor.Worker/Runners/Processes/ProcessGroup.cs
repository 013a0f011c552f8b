using System.Runtime.InteropServices;

namespace Executor.Worker.Runners.Processes;

/// <summary>
/// A running program with everything it has started, unless that has made itself a session of its own.
/// </summary>
internal sealed class ProcessGroup : IDisposable
{
    private readonly int _leader;
    private readonly long _watched;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="watched">The name of its start with the <see cref="ProcessWatch"/>.</param>
    public ProcessGroup(int leader, long watched, Stream? input, Stream output, Stream error)
    {
        _leader = leader;
        _watched = watched;
        Input = input;
        Output = output;
        Error = error;
    }

    public int Id => _leader;

    public Stream? Input { get; }

    public Stream Output { get; }

    public Stream Error { get; }

    /// <summary>The leader has ended and is not yet reaped, so that its number cannot belong to anybody else.</summary>
    public Task Exited => _exited.Task;

    public void AskToStop() => _ = Libc.Kill(-_leader, Libc.Terminate);

    /// <summary>Kills what is left of the group, then reaps the leader. Once, after <see cref="Exited"/>.</summary>
    public ExitStatus End()
    {
        Kill();
        ProcessWatch.OfThisProcess.Ended(_watched);
        int status;
        while (Libc.Wait(_leader, out status, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
            {
                // Somebody else has reaped it: how it ended is lost.
                return new ExitStatus(255, 0);
            }
        }

        return ExitStatus.FromWait(status);
    }

    public void Kill() => _ = Libc.Kill(-_leader, Libc.Destroy);

    public void Dispose()
    {
        Input?.Dispose();
        Output.Dispose();
        Error.Dispose();
    }

    /// <summary>Blocks until the leader has ended, and lets <see cref="Exited"/> know. Once.</summary>
    public void AwaitExit()
    {
        var information = Marshal.AllocCoTaskMem(Libc.StructureSize);
        while (Libc.WaitId(Libc.IdOfProcess, _leader, information, Libc.Exited | Libc.LeaveWaitable) < 0
            && Marshal.GetLastPInvokeError() == Libc.Interrupted)
        {
        }

        Marshal.FreeCoTaskMem(information);
        _exited.TrySetResult();
    }
}
