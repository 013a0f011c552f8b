using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Fakes;

public sealed class InMemoryExecutions : IExecutionStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, RunRow> _runs = [];
    private readonly Dictionary<DispatchId, ExecutionRow> _executions = [];

    public Task WriteAsync(
        IReadOnlyList<RunRow> runs, IReadOnlyList<ExecutionRow> executions, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var row in runs)
            {
                if (!_runs.TryGetValue(row.Id, out var old)
                    || (old.Sequence <= row.Sequence && !Terminal.Is(old.Status)))
                {
                    _runs[row.Id] = row;
                }
            }

            foreach (var row in executions)
            {
                if (!_executions.TryGetValue(row.Id, out var old)
                    || (old.Sequence <= row.Sequence && !Terminal.Is(old.Status)))
                {
                    _executions[row.Id] = row;
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop)
    {
        lock (_gate)
        {
            var before = query.Before is { } id ? _runs.GetValueOrDefault(id) : null;
            if (query.Before is not null && before is null)
            {
                return Task.FromResult<IReadOnlyList<RunRow>>([]);
            }

            return Task.FromResult<IReadOnlyList<RunRow>>(
            [
                .. _runs.Values
                    .Where(row => !query.OnlyOpen || !Terminal.Is(row.Status))
                    .Where(row => query.Status is null || row.Status == query.Status)
                    .Where(row => query.Workflow is null || row.Workflow == query.Workflow)
                    .Where(row => query.Parent is null || row.Parent?.Run == query.Parent)
                    .Where(row => query.Since is null || row.StartedAt >= query.Since)
                    .Where(row => before is null || Compare(row, before) < 0)
                    .OrderDescending(Comparer<RunRow>.Create(Compare))
                    .Take(query.Limit),
            ]);
        }
    }

    public Task<RunRow?> RunAsync(RunId run, CancellationToken stop)
    {
        lock (_gate)
        {
            return Task.FromResult(_runs.GetValueOrDefault(run));
        }
    }

    public Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ExecutionRow>>(
            [
                .. _executions.Values.Where(row => row.Run == run).OrderBy(row => row.Slot, SlotOrder.Instance),
            ]);
        }
    }

    public async Task<IReadOnlyList<ExecutionRow>> AttemptsAsync(
        RunId run, string task, Slot? after, int limit, CancellationToken stop) =>
    [
        .. (await ExecutionsAsync(run, stop))
            .Where(row => row.Slot.Task == task && (after is not { } last || SlotOrder.Instance.Compare(row.Slot, last) > 0))
            .Take(limit),
    ];

    private static int Compare(RunRow one, RunRow other)
    {
        var byStart = one.StartedAt.CompareTo(other.StartedAt);
        return byStart != 0 ? byStart : string.CompareOrdinal(one.Id.Text, other.Id.Text);
    }
}
