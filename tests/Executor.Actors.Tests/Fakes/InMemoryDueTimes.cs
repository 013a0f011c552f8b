using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Fakes;

public sealed class InMemoryDueTimes : IDueTimes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RunId, DateTimeOffset> _due = [];

    public Task SetAsync(IReadOnlyList<(RunId Run, DateTimeOffset? Due)> batch, CancellationToken stop)
    {
        lock (_gate)
        {
            foreach (var (run, due) in batch)
            {
                if (due is { } time)
                {
                    _due[run] = time;
                }
                else
                {
                    _due.Remove(run);
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RunId>> DueAsync(DateTimeOffset now, int limit, CancellationToken stop)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<RunId>>(
            [
                .. _due.Where(pair => pair.Value <= now)
                    .OrderBy(pair => pair.Value)
                    .ThenBy(pair => pair.Key.Text, StringComparer.Ordinal)
                    .Take(limit)
                    .Select(pair => pair.Key),
            ]);
        }
    }
}
