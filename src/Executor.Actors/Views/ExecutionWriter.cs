using Akka.Event;
using Executor.Actors.Batching;
using Executor.Actors.Runs;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Views;

/// <summary>Writes the rows that people read. Runs never wait for it, and never read what it wrote.</summary>
/// <remarks>While the store is slow or away, only the newest row of each run and slot is kept.</remarks>
public sealed class ExecutionWriter : BatchingActor<ExecutionWriter.Rows, bool>
{
    private const int MostAtOnce = 500;
    private readonly IExecutionStore _store;
    private readonly int _room;
    private readonly Dictionary<RunId, RunRow> _runs = [];
    private readonly Dictionary<DispatchId, ExecutionRow> _executions = [];

    /// <param name="room">Rows that may wait in memory; later ones are left to the next recovery of their run.</param>
    public ExecutionWriter(IExecutionStore store, int room)
    {
        _store = store;
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
        if (_runs.Count + _executions.Count == 0)
        {
            return null;
        }

        var rows = new Rows([.. _runs.Values.Take(MostAtOnce)], [.. _executions.Values.Take(MostAtOnce)]);
        foreach (var row in rows.Runs)
        {
            _runs.Remove(row.Id);
        }

        foreach (var row in rows.Executions)
        {
            _executions.Remove(row.Id);
        }

        return rows;
    }

    protected override async Task<bool> WorkAsync(Rows batch, CancellationToken stop)
    {
        await _store.WriteAsync(batch.Runs, batch.Executions, stop);
        return true;
    }

    protected override void Finished(Rows batch, bool done)
    {
    }

    private void Gather(RunAdvanced advanced)
    {
        var rows = RunRows.Of(advanced.Before, advanced.State, advanced.Events);
        if (_executions.Count + rows.Executions.Length > _room)
        {
            Log.Error("Rows of run {RunId} are left out: {Count} rows wait for the store", advanced.State.Id, _room);
            return;
        }

        if (rows.Run is { } run)
        {
            _runs[run.Id] = run;
        }

        foreach (var row in rows.Executions)
        {
            _executions[row.Id] = row;
        }

        Proceed();
    }

    public sealed record Rows(IReadOnlyList<RunRow> Runs, IReadOnlyList<ExecutionRow> Executions);
}
