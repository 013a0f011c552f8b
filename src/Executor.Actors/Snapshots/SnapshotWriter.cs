using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Executor.Actors.Batching;
using Executor.Actors.Journal;
using Executor.Core.Runs;

namespace Executor.Actors.Snapshots;

/// <summary>Saves the states of runs that have come far since their last snapshot, one after the other.</summary>
/// <remarks>
/// It hears of a state only when all rows for people up to it are written: a recovery tells the writer of those rows
/// what came after the snapshot, and nothing before it. Runs never wait for it, and what it fails to save is only time.
/// </remarks>
public sealed class SnapshotWriter : BatchingActor<RunState, SnapshotWriter.Answer>
{
    /// <summary>
    /// A recovery gives up when its snapshot takes longer than <c>recovery-event-timeout</c>, and would do so for ever:
    /// this is read in a tenth of that time. Runs that have grown larger keep their last smaller one.
    /// </summary>
    private const int MostBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly IScheduler _clock = Context.System.Scheduler;
    private readonly IActorRef _store;
    private readonly int _least;
    private readonly Dictionary<RunId, SnapshotPace> _paces = [];
    private readonly Dictionary<RunId, RunState> _due = [];
    private SnapshotPace? _saving;

    /// <param name="least">Entries of a run between two snapshots.</param>
    public SnapshotWriter(IActorRef store, int least)
    {
        _store = store;
        _least = least;
        Receive<RowsComplete>(complete =>
        {
            foreach (var advance in complete.Runs)
            {
                Take(advance);
            }

            Proceed();
        });
        Receive<DeleteSnapshotsSuccess>(_ => { });
        Receive<DeleteSnapshotsFailure>(failure =>
            Log.Warning(failure.Cause, "Old snapshots stay until later ones are deleted: {0}", failure.Criteria));
    }

    protected override RunState? TakeBatch()
    {
        foreach (var (run, state) in _due)
        {
            _due.Remove(run);
            _saving = _paces[run];
            _saving.Begin(state.Entries);
            return state;
        }

        return null;
    }

    protected override async Task<Answer> WorkAsync(RunState batch, CancellationToken stop)
    {
        try
        {
            var snapshot = RunSnapshot.Of(batch);
            if (snapshot.Size > MostBytes)
            {
                return new Answer(snapshot.Size, new InvalidOperationException($"It has {snapshot.Size} bytes."));
            }

            var metadata = new SnapshotMetadata(
                JournalCodec.IdOf(batch.Id), batch.Entries, _clock.Now.UtcDateTime);
            var answer = await _store.Ask<object>(new SaveSnapshot(metadata, snapshot), Patience, stop);
            return new Answer(snapshot.Size, (answer as SaveSnapshotFailure)?.Cause);
        }
        catch (Exception failed) when (!stop.IsCancellationRequested)
        {
            return new Answer(0, failed);
        }
    }

    protected override void Finished(RunState batch, Answer done)
    {
        // A run may have ended, and its pace been forgotten, while this was being saved.
        var pace = _paces.GetValueOrDefault(batch.Id, _saving!);
        pace.Measured(done.Size);
        if (done.Failure is { } failure)
        {
            Log.Warning(failure, "Run {0} has no snapshot of entry {1}", batch.Id, batch.Entries);
        }
        else if (pace.Saved(batch.Entries) is > 0 and var old)
        {
            _store.Tell(new DeleteSnapshots(JournalCodec.IdOf(batch.Id), new SnapshotSelectionCriteria(old)), Self);
        }

        Forget(batch);
    }

    private void Take(Advance advance)
    {
        var state = advance.State;
        if (advance.Recovered is not null || !_paces.TryGetValue(state.Id, out var pace))
        {
            pace = new SnapshotPace(_least, advance.Recovered ?? 0);
            _paces[state.Id] = pace;
        }

        pace.Grow(advance.Weight);
        if (pace.IsDue(state.Entries))
        {
            _due[state.Id] = state;
        }

        Forget(state);
    }

    private void Forget(RunState state)
    {
        if (state.IsSettled && !_due.ContainsKey(state.Id))
        {
            _paces.Remove(state.Id);
        }
    }

    /// <param name="Size">Bytes before packing; 0 when it did not come so far.</param>
    /// <param name="Failure">Null when it was saved.</param>
    public sealed record Answer(long Size, Exception? Failure);
}
