using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core;

/// <summary>The second layer against double dispatch: one row per slot, the referee between its start and its every other end.</summary>
/// <remarks>
/// Batches hold at most <see cref="BatchLimit"/> elements and are handled in the order given, so an id may stand in one
/// twice. Every call throws <see cref="StorageException"/> when the database cannot be reached: then nothing is known to
/// have happened, and repeating is safe. All times are the database's.
/// </remarks>
public interface IDispatchGuard
{
    const int BatchLimit = 500;

    /// <summary>Adds the rows that are missing, as scheduled, and tells for each whether it must still be sent.</summary>
    /// <returns>In the order given.</returns>
    Task<IReadOnlyList<Reserved>> ReserveAsync(IReadOnlyList<Reservation> batch, CancellationToken stop);

    /// <summary>The broker has taken them; unknown ids and rows that are sent, claimed or ended stay as they are.</summary>
    Task MarkSentAsync(IReadOnlyList<DispatchId> batch, CancellationToken stop);

    /// <summary>
    /// Compare-and-set scheduled to running; granted again to the same claim id. One whose sender may not serve the row's
    /// pool changes nothing, whatever the row's status. A row whose pool is not known is open to every sender.
    /// </summary>
    /// <returns>In the order given.</returns>
    Task<IReadOnlyList<ClaimVerdict>> ClaimAsync(IReadOnlyList<Claim> batch, TimeSpan lease, CancellationToken stop);

    /// <returns>In the order given: whether the attempt is still running for this claim.</returns>
    Task<IReadOnlyList<bool>> RenewAsync(IReadOnlyList<Renewal> batch, TimeSpan lease, CancellationToken stop);

    /// <summary>Ends rows that no worker has claimed; a missing row is added as ended.</summary>
    /// <returns>In the order given: the row as it stands afterwards. Running: a worker was faster.</returns>
    Task<IReadOnlyList<GuardRow>> WithdrawAsync(IReadOnlyList<Withdrawal> batch, CancellationToken stop);

    /// <summary>Ends running rows whose lease has passed, as abandoned.</summary>
    /// <returns>Those it has ended, the longest past first.</returns>
    Task<IReadOnlyList<GuardRow>> ExpireAsync(int limit, CancellationToken stop);

    /// <summary>
    /// Ends running rows as abandoned, whatever their lease: for whoever knows that no worker is alive, as the next
    /// process on a data directory whose workers lived in the last one.
    /// </summary>
    /// <returns>Those it has ended, at most <paramref name="limit"/>.</returns>
    Task<IReadOnlyList<GuardRow>> AbandonRunningAsync(int limit, CancellationToken stop);

    /// <summary>
    /// The run has taken note of the end: the row takes the status that the run has journaled, whatever it was before,
    /// and has nothing open any more. A row that is closed stays as it is; a missing one stays missing.
    /// </summary>
    Task CloseAsync(IReadOnlyList<Closing> batch, CancellationToken stop);

    /// <summary>Rows that ended without the run having taken note, oldest first.</summary>
    /// <param name="skip">How many of the oldest are left out.</param>
    Task<IReadOnlyList<GuardRow>> UnclosedEndsAsync(int skip, int limit, CancellationToken stop);

    /// <summary>
    /// Rows never claimed whose last news (reserved, sent, or answered here) is older than <paramref name="age"/>: clears
    /// the sent mark and answers them. A row whose mark stays cleared is answered again, because the wake that follows
    /// may have been lost, but each answer doubles the age for that row, up to 64 times.
    /// </summary>
    /// <returns>At most <paramref name="limit"/>, those with the oldest news.</returns>
    Task<IReadOnlyList<GuardRow>> UnsendStaleAsync(TimeSpan age, int limit, CancellationToken stop);

    /// <summary>All rows of one run, in order of slot.</summary>
    Task<IReadOnlyList<GuardRow>> RowsAsync(RunId run, CancellationToken stop);

    /// <summary>How many rows wait, and for what; for people.</summary>
    /// <param name="most">
    /// Rows that are looked at of each kind: those scheduled with the oldest news, then those running, then the ends.
    /// </param>
    Task<GuardBacklog> BacklogAsync(int most, CancellationToken stop);
}

/// <summary>Rows for people. Never read to decide.</summary>
/// <remarks>Times are kept to the microsecond. Every call throws <see cref="StorageException"/> as the guard does.</remarks>
public interface IExecutionStore
{
    /// <summary>
    /// All or nothing. A row with a lower sequence number than the stored one, or for a run or slot that has ended,
    /// changes nothing; so repeating is safe.
    /// </summary>
    Task WriteAsync(IReadOnlyList<RunRow> runs, IReadOnlyList<ExecutionRow> executions, CancellationToken stop);

    /// <summary>Newest first, by start and then by id; the order of a page does not change while runs are added.</summary>
    Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop);

    /// <returns>Null when there is none.</returns>
    Task<RunRow?> RunAsync(RunId run, CancellationToken stop);

    /// <summary>All rows of one run, in order of slot.</summary>
    Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop);

    /// <summary>The rows of one task, in order of visit, item and attempt.</summary>
    /// <param name="after">The last slot of the page before; null for the first page.</param>
    Task<IReadOnlyList<ExecutionRow>> AttemptsAsync(
        RunId run, string task, Slot? after, int limit, CancellationToken stop);
}

/// <summary>Definitions by the hash of their text.</summary>
public interface IWorkflowCatalog
{
    /// <summary>Storing a hash again changes nothing.</summary>
    /// <param name="reference">The workflow's name, for people.</param>
    Task StoreAsync(string hash, string reference, string source, CancellationToken stop);

    /// <returns>Null when there is none.</returns>
    Task<string?> SourceAsync(string hash, CancellationToken stop);
}

/// <summary>Which workflow a task means that names one as its action.</summary>
public interface IWorkflowFinder
{
    /// <param name="root">The run with which everything began: relative files count from the directory of its file.</param>
    /// <param name="action">As <c>pack.name</c>, or a relative path that ends in <c>.yaml</c> or <c>.yml</c>.</param>
    /// <returns>The latest of this name, or the file as it is now; null when there is none, or none that can be run.</returns>
    /// <exception cref="StorageException">Not known now; asking again is safe.</exception>
    Task<WorkflowSpec?> FindAsync(RunId root, string action, CancellationToken stop);
}

/// <summary>When sleeping runs must be woken, and by whom they were last taken in hand.</summary>
/// <remarks>Every call throws <see cref="StorageException"/> as the guard does; repeating is safe.</remarks>
public interface IDueTimes
{
    /// <summary>Takes the steps in the order given; a run may stand in a batch once.</summary>
    /// <returns>In the order given: the row as it was before; null where there was none.</returns>
    Task<IReadOnlyList<DueRow?>> StepAsync(IReadOnlyList<DueStep> batch, CancellationToken stop);

    /// <summary>
    /// Runs due at or before <paramref name="now"/>, in order of time and then of id. They stay until their time is set anew.
    /// </summary>
    /// <param name="after">The last of the page before; null for the first page.</param>
    Task<IReadOnlyList<DueRun>> DueAsync(DateTimeOffset now, DueRun? after, int limit, CancellationToken stop);
}

/// <summary>The journal, for people and for checks: works beside a running server and without one, and never writes.</summary>
public interface IJournalReader
{
    /// <summary>In order of the id.</summary>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    Task<IReadOnlyList<string>> PersistenceIdsAsync(string? after, int limit, CancellationToken stop);

    /// <summary>The entries of one id in order of sequence; those that were deleted are left out.</summary>
    IAsyncEnumerable<JournalRow> EntriesAsync(string persistenceId, CancellationToken stop) =>
        EntriesAsync(persistenceId, after: 0, stop);

    /// <param name="after">Only entries with a higher sequence number.</param>
    IAsyncEnumerable<JournalRow> EntriesAsync(string persistenceId, long after, CancellationToken stop);

    /// <summary>
    /// The entries of all ids in the order of the journal's own numbers. Numbers may be missing for good, or until a
    /// slower writer has committed.
    /// </summary>
    /// <param name="after">Only entries with a higher number.</param>
    Task<IReadOnlyList<FeedRow>> FeedAsync(long after, int limit, CancellationToken stop);

    /// <returns>The highest number; 0 when there is no entry.</returns>
    Task<long> NewestAsync(CancellationToken stop);

    /// <summary>
    /// Whether the database refuses a second entry with the same id and sequence number. Without that key two
    /// incarnations of a run can both write entry n: nothing may start.
    /// </summary>
    Task<bool> HasUniqueKeyAsync(CancellationToken stop);
}

/// <param name="Manifest">Names the shape of the bytes; empty when the serializer needs none.</param>
public sealed record JournalRow(long Sequence, DateTimeOffset CreatedAt, string Manifest, ReadOnlyMemory<byte> Payload);

/// <param name="Number">Counted over all ids.</param>
public sealed record FeedRow(long Number, string PersistenceId, JournalRow Entry);

/// <summary>Requests on their way to the workers, as the executor sees them.</summary>
public interface ITaskQueue
{
    /// <summary>
    /// At least once: a request whose publishing is not confirmed may still arrive. Waits for the slowest pool of the
    /// batch, and no call waits for the pools of another.
    /// </summary>
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

    /// <summary>Best effort: may be lost, and is not repeated. Completes when it is on its way, or will never be.</summary>
    Task BeatAsync(WorkerBeat beat, CancellationToken stop);
}

/// <summary>What workers say about themselves, as every node hears it.</summary>
public interface IWorkerBeats
{
    /// <summary>Each reader hears all of them from about now on; some may be lost.</summary>
    IAsyncEnumerable<WorkerBeat> ReadAsync(CancellationToken stop);
}

/// <summary>The world's fault, not the domain's: nothing is known to have happened.</summary>
public sealed class StorageException : Exception
{
    public StorageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
