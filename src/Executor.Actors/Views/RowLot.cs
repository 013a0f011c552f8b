using Executor.Actors.Runs;
using Executor.Actors.Snapshots;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Views;

/// <summary>Rows gathered in the same while, and how far they bring each run.</summary>
internal sealed class RowLot
{
    private readonly Dictionary<RunId, RunRow> _runs = [];
    private readonly Dictionary<DispatchId, ExecutionRow> _executions = [];
    private readonly Dictionary<DispatchId, InquiryRow> _inquiries = [];
    private readonly Dictionary<RunId, Advance> _advances = [];
    private readonly HashSet<RunId> _ended = [];

    public int Waiting => _executions.Count;

    public bool IsWritten => _runs.Count + _executions.Count + _inquiries.Count == 0;

    public bool IsEmpty => IsWritten && _advances.Count == 0 && _ended.Count == 0;

    /// <summary>Runs that need nothing more once these rows are written.</summary>
    public IReadOnlyCollection<RunId> Ended => _ended;

    public IReadOnlyList<Advance> Advances => [.. _advances.Values];

    /// <param name="after">What the rows show.</param>
    public void Add(RunRows rows, RunState after)
    {
        if (after.IsSettled)
        {
            _ended.Add(after.Id);
        }

        if (rows.Run is { } run)
        {
            _runs[run.Id] = run;
        }

        foreach (var row in rows.Executions)
        {
            _executions[row.Id] = row;
        }

        foreach (var row in rows.Inquiries)
        {
            _inquiries[row.Id] = row;
        }
    }

    public void Add(RunAdvanced advanced)
    {
        var run = advanced.State.Id;
        var weight = JournalWeight.Of(advanced.Events);
        _advances[run] = advanced.Recovered || !_advances.TryGetValue(run, out var known)
            ? new Advance(advanced.State, weight, advanced.Recovered ? advanced.Before.Entries : null)
            : known with { State = advanced.State, Weight = known.Weight + weight };
    }

    public ExecutionWriter.Rows Take(int most)
    {
        var rows = new ExecutionWriter.Rows(
            [.. _runs.Values.Take(most)], [.. _executions.Values.Take(most)], [.. _inquiries.Values.Take(most)]);
        foreach (var row in rows.Runs)
        {
            _runs.Remove(row.Id);
        }

        foreach (var row in rows.Executions)
        {
            _executions.Remove(row.Id);
        }

        foreach (var row in rows.Inquiries)
        {
            _inquiries.Remove(row.Id);
        }

        return rows;
    }
}
