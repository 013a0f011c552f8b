using Akka.Actor;
using Akka.Event;
using Executor.Actors.Batching;
using Executor.Actors.Runs;
using Executor.Actors.Snapshots;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Views;

/// <summary>Writes the rows that people read. Runs never wait for it, and never read what it wrote.</summary>
/// <remarks>
/// While the store is slow or away, only the newest rows of each run and slot are kept. What comes while rows are being
/// written is the next lot; when a lot is written, the states of which no row is missing go to the snapshots.
/// </remarks>
public sealed class ExecutionWriter : BatchingActor<ExecutionWriter.Rows, bool>
{
    private const int MostAtOnce = 500;
    private readonly IExecutionStore _store;
    private readonly IInquiryStore? _inquiries;
    private readonly IActorRef _snapshots;
    private readonly IActorRef _dueKeeper;
    private readonly int _room;
    private readonly Dictionary<RunId, long> _complete = [];
    private RowLot _lot = new();
    private RowLot _next = new();

    /// <param name="inquiries">Null where nobody is asked anything.</param>
    /// <param name="snapshots">Hears of the states of which all rows are written: <see cref="RowsComplete"/>.</param>
    /// <param name="dueKeeper">Hears of the runs that are settled and of which all rows are written.</param>
    /// <param name="room">Rows that may wait in memory; later ones are left to the next recovery of their run.</param>
    public ExecutionWriter(
        IExecutionStore store, IInquiryStore? inquiries, IActorRef snapshots, IActorRef dueKeeper, int room)
    {
        _store = store;
        _inquiries = inquiries;
        _snapshots = snapshots;
        _dueKeeper = dueKeeper;
        _room = room;
        Receive<RunAdvanced>(Gather);
    }

    protected override void PreStart()
    {
        base.PreStart();
        Context.System.EventStream.Subscribe(Self, typeof(RunAdvanced));
    }

    protected override Rows? TakeBatch()
    {
        while (_lot.IsWritten)
        {
            if (_lot.Advances.Count > 0)
            {
                _snapshots.Tell(new RowsComplete(_lot.Advances));
            }

            foreach (var run in _lot.Ended)
            {
                _dueKeeper.Tell(new DueStep.Forget(run));
            }

            if (_next.IsEmpty)
            {
                _lot = new RowLot();
                return null;
            }

            (_lot, _next) = (_next, new RowLot());
        }

        return _lot.Take(MostAtOnce);
    }

    protected override async Task<bool> WorkAsync(Rows batch, CancellationToken stop)
    {
        if (_inquiries is not null && batch.Inquiries.Count > 0)
        {
            await _inquiries.WriteAsync(batch.Inquiries, stop);
        }

        if (batch.Runs.Count + batch.Executions.Count > 0)
        {
            await _store.WriteAsync(batch.Runs, batch.Executions, stop);
        }

        return true;
    }

    protected override void Finished(Rows batch, bool done)
    {
    }

    private void Gather(RunAdvanced advanced)
    {
        var run = advanced.State.Id;
        var rows = RunRows.Of(advanced.Before, advanced.State, advanced.Events);
        if (_lot.Waiting + _next.Waiting + rows.Executions.Length > _room)
        {
            Log.Error("Rows of run {RunId} are left out: {Count} rows wait for the store", run, _room);
            _complete.Remove(run);
            return;
        }

        _next.Add(rows, advanced.State);
        if (IsComplete(advanced))
        {
            _complete[run] = advanced.State.Entries;
            _next.Add(advanced);
        }

        if (advanced.State.IsSettled)
        {
            _complete.Remove(run);
        }

        Proceed();
    }

    /// <summary>False once rows were left out, or lost with a former life of this actor, until the run recovers.</summary>
    private bool IsComplete(RunAdvanced advanced) =>
        advanced.Recovered || advanced.Before.Entries == 0
        || (_complete.TryGetValue(advanced.State.Id, out var known) && known == advanced.Before.Entries);

    public sealed record Rows(
        IReadOnlyList<RunRow> Runs, IReadOnlyList<ExecutionRow> Executions, IReadOnlyList<InquiryRow> Inquiries);
}
