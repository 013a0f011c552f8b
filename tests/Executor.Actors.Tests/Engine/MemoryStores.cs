using System.Collections.Concurrent;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

internal sealed class MemoryStores : IExecutionStore, IWorkflowCatalog, IDueTimes
{
    private readonly ConcurrentDictionary<string, string> _sources = [];

    public ConcurrentDictionary<RunId, RunRow> Runs { get; } = [];

    public ConcurrentDictionary<DispatchId, ExecutionRow> Executions { get; } = [];

    public ConcurrentDictionary<RunId, DateTimeOffset> Due { get; } = [];

    public Task WriteAsync(IReadOnlyList<RunRow> runs, IReadOnlyList<ExecutionRow> executions, CancellationToken stop)
    {
        foreach (var run in runs)
        {
            Runs.AddOrUpdate(run.Id, run, (_, old) => run.Sequence >= old.Sequence ? run : old);
        }

        foreach (var row in executions)
        {
            Executions.AddOrUpdate(row.Id, row, (_, old) => old.EndedAt is null ? row : old);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RunRow>> RunsAsync(RunQuery query, CancellationToken stop) => Task.FromResult<IReadOnlyList<RunRow>>(
        [.. Runs.Values.OrderByDescending(run => run.StartedAt).Take(query.Limit)]);

    public Task<RunRow?> RunAsync(RunId run, CancellationToken stop) => Task.FromResult(Runs.GetValueOrDefault(run));

    public Task<IReadOnlyList<ExecutionRow>> ExecutionsAsync(RunId run, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<ExecutionRow>>([.. Executions.Values.Where(row => row.Run == run)]);

    public Task StoreAsync(string hash, string reference, string source, CancellationToken stop)
    {
        _sources.TryAdd(hash, source);
        return Task.CompletedTask;
    }

    public Task<string?> SourceAsync(string hash, CancellationToken stop) =>
        Task.FromResult(_sources.GetValueOrDefault(hash));

    public Task SetAsync(IReadOnlyList<(RunId Run, DateTimeOffset? Due)> batch, CancellationToken stop)
    {
        foreach (var (run, due) in batch)
        {
            if (due is { } time)
            {
                Due[run] = time;
            }
            else
            {
                Due.TryRemove(run, out _);
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RunId>> DueAsync(DateTimeOffset now, int limit, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<RunId>>(
            [.. Due.Where(pair => pair.Value <= now).OrderBy(pair => pair.Value).Take(limit).Select(pair => pair.Key)]);
}
