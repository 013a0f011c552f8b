using System.Collections.Concurrent;
using Executor.Core;

namespace Executor.Actors.Tests.Fakes;

internal sealed class InMemoryAudit : IAudit
{
    private readonly ConcurrentStack<AuditRow> _rows = new();

    /// <summary>As with a database that is away.</summary>
    public bool IsAway { get; set; }

    public Task AppendAsync(AuditRow row, CancellationToken stop)
    {
        if (IsAway)
        {
            return Task.FromException(new StorageException("It is away."));
        }

        _rows.Push(row);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditRow>> LatestAsync(int limit, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<AuditRow>>([.. _rows.Take(limit)]);
}
