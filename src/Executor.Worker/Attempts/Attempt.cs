using Executor.Core.Messages;

namespace Executor.Worker.Attempts;

/// <summary>One request in a worker's hands, from its arrival until its result is sent.</summary>
internal sealed class Attempt(TaskRequest request, string worker, TimeProvider time, DateTimeOffset? sentAt = null)
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reason;

    public TaskRequest Request => request;

    /// <summary>Dies with the process: a repeat after a restart is another claim, and refused.</summary>
    public string ClaimId { get; } = Guid.NewGuid().ToString("N");

    public string Token { get; set; } = "";

    public LeaseClock Lease { get; } = new(time);

    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    /// <summary>The executor has said that it has ended, whatever we think.</summary>
    public bool IsOver { get; private set; }

    public CancellationToken Stopping => _stopping.Token;

    public Task Stopped => _stopped.Task;

    public Task Done => _done.Task;

    public Claim Claim => new(request.Id, request.Run, request.Slot, worker, ClaimId, Waited);

    /// <summary>Clocks that differ make no wait negative.</summary>
    private TimeSpan? Waited => sentAt is { } sent && time.GetUtcNow() is var now
        ? (now > sent ? now - sent : TimeSpan.Zero)
        : null;

    public Renewal Renewal => new(request.Id, worker, ClaimId);

    /// <summary>Without effect when it has finished or was stopped before.</summary>
    public void Stop(StopReason reason)
    {
        IsOver |= reason == StopReason.Ended;
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) == (int)StopReason.None)
        {
            _stopped.TrySetResult();

            // What an action has hung on its token runs elsewhere: it must not hold up the stopping of others.
            _ = _stopping.CancelAsync();
        }
    }

    /// <summary>
    /// The action has returned. False when it was stopped before, so that its own word does not count.
    /// </summary>
    public bool Finish() => Interlocked.CompareExchange(
        ref _reason, (int)StopReason.Finished, (int)StopReason.None) == (int)StopReason.None;

    public void Leave() => _done.TrySetResult();
}
