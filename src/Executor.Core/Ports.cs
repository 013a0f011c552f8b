using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core;

/// <summary>The second layer against double dispatch: one row per slot, the referee between its start and its every other end.</summary>
/// <remarks>
/// Batches hold 1 to 500 elements, ids unique within one. Every call throws <see cref="StorageException"/> when the
/// database cannot be reached: then nothing is known to have happened, and repeating is safe. All times are the database's.
/// </remarks>
public interface IDispatchGuard
{
    /// <summary>Adds the rows that are missing, as scheduled, and tells for each whether it must still be sent.</summary>
    /// <returns>In the order given.</returns>
    Task<IReadOnlyList<Reserved>> ReserveAsync(IReadOnlyList<Reservation> batch, CancellationToken stop);

    Task MarkSentAsync(IReadOnlyList<DispatchId> batch, CancellationToken stop);

    /// <summary>Compare-and-set scheduled to running; granted again to the same claim id.</summary>
    /// <returns>In the order given: whether it is granted.</returns>
    Task<IReadOnlyList<bool>> ClaimAsync(IReadOnlyList<Claim> batch, TimeSpan lease, CancellationToken stop);

    /// <returns>In the order given: whether the attempt is still running for this claim.</returns>
    Task<IReadOnlyList<bool>> RenewAsync(IReadOnlyList<Renewal> batch, TimeSpan lease, CancellationToken stop);

    /// <summary>Ends rows that no worker has claimed; a missing row is added as ended.</summary>
    /// <returns>In the order given: the row as it stands afterwards.</returns>
    Task<IReadOnlyList<GuardRow>> WithdrawAsync(IReadOnlyList<Withdrawal> batch, CancellationToken stop);

    /// <summary>Ends running rows whose lease has passed, as abandoned.</summary>
    Task<IReadOnlyList<GuardRow>> ExpireAsync(int limit, CancellationToken stop);

    /// <summary>
    /// Ends running rows as abandoned, whatever their lease: for whoever knows that no worker is alive, as the next
    /// process on a data directory whose workers lived in the last one.
    /// </summary>
    Task<IReadOnlyList<GuardRow>> AbandonRunningAsync(int limit, CancellationToken stop);

    /// <summary>The run has taken note of the end: the row has nothing open any more. A row that is closed stays as it is.</summary>
    Task CloseAsync(IReadOnlyList<Closing> batch, CancellationToken stop);

    /// <summary>Rows that ended without the run having taken note, oldest first.</summary>
    Task<IReadOnlyList<GuardRow>> UnclosedEndsAsync(int limit, CancellationToken stop);

    /// <summary>
    /// Rows never claimed whose last news (reserved, sent, or answered here) is older than <paramref name="age"/>: clears
    /// the sent mark and answers them. A row whose mark stays cleared is answered again, because the wake that follows
    /// may have been lost.
    /// </summary>
    Task<IReadOnlyList<GuardRow>> UnsendStaleAsync(TimeSpan age, int limit, CancellationToken stop);

    /// <summary>All rows of one run, in order of slot.</summary>
    Task<IReadOnlyList<GuardRow>> RowsAsync(RunId run, CancellationToken stop);
}

/// <param name="Entry">Sequence number of the journal entry that decided it.</param>
public sealed record Reservation(DispatchId Id, RunId Run, Slot Slot, long Entry);

public sealed record Reserved(DispatchId Id, ReservedState State);

public enum ReservedState
{
    /// <summary>To be sent now.</summary>
    Unsent,

    /// <summary>Sent before, or claimed, or ended.</summary>
    Settled,

    /// <summary>The row names another journal entry: a second incarnation of the run has decided otherwise. Never sent.</summary>
    Conflict,
}

/// <param name="Status">Cancelled, Timeout or Failed.</param>
public sealed record Withdrawal(DispatchId Id, RunId Run, Slot Slot, SlotStatus Status);

public sealed record Closing(DispatchId Id, SlotStatus Status);

/// <param name="Status">Scheduled, Running or an end.</param>
public sealed record GuardRow(
    DispatchId Id, RunId Run, Slot Slot, long Entry, SlotStatus Status, DateTimeOffset? SentAt, string? Worker,
    string? ClaimId, DateTimeOffset? LeaseUntil, bool Closed);

/// <summary>Rows for people. Never read to decide.</summary>
public interface IExecutionStore
{
    /// <summary>A row with a lower sequence number than the stored one, or for a slot that has ended, changes nothing.</summary>
    Task WriteAsync(IReadOnlyList<RunRow> runs, IReadOnlyList<ExecutionRow> executions, CancellationToken stop);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<RunRow>> RunsAsync(int limit, CancellationToken stop);

    Task<RunRow?> RunAsync(RunId run, CancellationToken stop);

    Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop);
}

/// <param name="Sequence">Number of the journal entry that the row shows; the newer wins.</param>
/// <param name="CurrentTasks">Names of the tasks with a visit that has not ended.</param>
public sealed record RunRow(
    RunId Id, long Sequence, string Workflow, string DefinitionHash, RunStatus Status,
    IReadOnlyList<string> CurrentTasks, IReadOnlyList<string> CompletedTasks, IReadOnlyList<string> FailedTasks,
    IReadOnlyList<string> SkippedTasks, Value Output, string? Error, string? RequestKey,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

public sealed record ExecutionRow(
    DispatchId Id, RunId Run, Slot Slot, long Sequence, SlotStatus Status, string Action, string? Worker,
    DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Error);

/// <summary>Definitions by the hash of their text.</summary>
public interface IWorkflowCatalog
{
    /// <summary>Storing the same text again changes nothing.</summary>
    Task StoreAsync(string hash, string reference, string source, CancellationToken stop);

    /// <returns>Null when there is none.</returns>
    Task<string?> SourceAsync(string hash, CancellationToken stop);
}

/// <summary>When sleeping runs must be woken.</summary>
public interface IDueTimes
{
    /// <summary>Null removes the time.</summary>
    Task SetAsync(IReadOnlyList<(RunId Run, DateTimeOffset? Due)> batch, CancellationToken stop);

    /// <summary>Earliest first.</summary>
    Task<IReadOnlyList<RunId>> DueAsync(DateTimeOffset now, int limit, CancellationToken stop);
}

/// <summary>Requests on their way to the workers, as the executor sees them.</summary>
public interface ITaskQueue
{
    /// <summary>At least once: a request whose publishing is not confirmed may still arrive.</summary>
    /// <returns>In the order given: whether the broker has taken it.</returns>
    Task<IReadOnlyList<bool>> PublishAsync(IReadOnlyList<TaskRequest> batch, CancellationToken stop);

    /// <summary>Best effort; the lease and the guard make it safe to lose.</summary>
    Task CancelAsync(CancelRequest cancel, CancellationToken stop);

    /// <summary>Requests that no worker could take; each becomes a failed attempt.</summary>
    IAsyncEnumerable<Delivery<TaskRequest>> DeadLettersAsync(CancellationToken stop);
}

/// <summary>Results on their way from the workers, as the executor sees them. At least once, in any order.</summary>
public interface IResultQueue
{
    /// <param name="prefetch">How many may be unsettled at a time.</param>
    IAsyncEnumerable<Delivery<TaskResult>> ReadAsync(int prefetch, CancellationToken stop);
}

/// <summary>Claims and renewals as the executor sees them.</summary>
public interface IClaimQueue
{
    IAsyncEnumerable<ClaimCall> ReadAsync(CancellationToken stop);
}

public abstract record ClaimCall
{
    private ClaimCall()
    {
    }

    public sealed record OfClaim(Claim Claim, Func<ClaimAnswer, Task> Reply) : ClaimCall;

    public sealed record OfRenewal(Renewal Renewal, Func<RenewalAnswer, Task> Reply) : ClaimCall;
}

/// <summary>All that a worker sees of the executor.</summary>
public interface IWorkerLink
{
    /// <summary>At least once; unsettled requests return to the queue when the worker is gone.</summary>
    IAsyncEnumerable<Delivery<TaskRequest>> RequestsAsync(string pool, int prefetch, CancellationToken stop);

    /// <exception cref="TimeoutException">No answer; the same claim may be repeated.</exception>
    Task<ClaimAnswer> ClaimAsync(Claim claim, CancellationToken stop);

    /// <exception cref="TimeoutException">No answer; may be repeated.</exception>
    Task<RenewalAnswer> RenewAsync(Renewal renewal, CancellationToken stop);

    /// <summary>Completes when the broker has the result for certain; repeating is safe.</summary>
    Task ReportAsync(TaskResult result, CancellationToken stop);

    IAsyncEnumerable<CancelRequest> CancelsAsync(string worker, IReadOnlyList<string> pools, CancellationToken stop);
}

/// <summary>The world's fault, not the domain's: nothing is known to have happened.</summary>
public sealed class StorageException : Exception
{
    public StorageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
