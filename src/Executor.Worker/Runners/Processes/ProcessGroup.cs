using System.Runtime.InteropServices;

namespace Executor.Worker.Runners.Processes;

/// <summary>
/// A running program with everything it has started, unless that has made itself a session of its own.
/// </summary>
internal sealed class ProcessGroup : IDisposable
{
    private const int Terminate = 15;
    private const int Destroy = 9;

    private readonly int _leader;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProcessGroup(int leader, Stream? input, Stream output, Stream error)
    {
        _leader = leader;
        Input = input;
        Output = output;
        Error = error;

        // A thread of its own: the pool must not be filled with waiting.
        new Thread(AwaitExit, maxStackSize: 256 * 1024) { IsBackground = true, Name = $"wait {leader}" }.Start();
    }

    public int Id => _leader;

    public Stream? Input { get; }

    public Stream Output { get; }

    public Stream Error { get; }

    /// <summary>The leader has ended and is not yet reaped, so that its number cannot belong to anybody else.</summary>
    public Task Exited => _exited.Task;

    public void AskToStop() => _ = Libc.Kill(-_leader, Terminate);

    /// <summary>Kills what is left of the group, then reaps the leader. Once, after <see cref="Exited"/>.</summary>
    public ExitStatus End()
    {
        Kill();
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

    public void Kill() => _ = Libc.Kill(-_leader, Destroy);

    public void Dispose()
    {
        Input?.Dispose();
        Output.Dispose();
        Error.Dispose();
    }

    private void AwaitExit()
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
