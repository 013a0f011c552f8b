using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Fakes;

public sealed class InMemoryInquiries : IInquiryStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DispatchId, InquiryRow> _rows = [];

    public Task WriteAsync(IReadOnlyList<InquiryRow> rows, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_gate)
        {
            foreach (var row in rows)
            {
                if (!_rows.TryGetValue(row.Id, out var old) || (old.Sequence <= row.Sequence && old.IsOpen))
                {
                    _rows[row.Id] = row;
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<InquiryRow>> ListAsync(InquiryQuery query, CancellationToken stop)
    {
        lock (_gate)
        {
            var before = query.Before is { } id ? _rows.GetValueOrDefault(id) : null;
            if (query.Before is not null && before is null)
            {
                return Task.FromResult<IReadOnlyList<InquiryRow>>([]);
            }

            return Task.FromResult<IReadOnlyList<InquiryRow>>(
            [
                .. _rows.Values
                    .Where(row => !query.OnlyOpen || row.IsOpen)
                    .Where(row => query.Run is null || row.Run == query.Run)
                    .Where(row => before is null || Compare(row, before) < 0)
                    .OrderDescending(Comparer<InquiryRow>.Create(Compare))
                    .Take(query.Limit),
            ]);
        }
    }

    public Task<InquiryRow?> FindAsync(DispatchId id, CancellationToken stop)
    {
        lock (_gate)
        {
            return Task.FromResult(_rows.GetValueOrDefault(id));
        }
    }

    private static int Compare(InquiryRow one, InquiryRow other)
    {
        var byTime = one.OpenedAt.CompareTo(other.OpenedAt);
        return byTime != 0 ? byTime : string.CompareOrdinal(one.Id.Text, other.Id.Text);
    }
}
