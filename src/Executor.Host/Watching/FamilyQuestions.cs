using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage;

namespace Executor.Host.Watching;

/// <summary>What a run of a data directory, and those that it has called, are asking now.</summary>
internal sealed class FamilyQuestions(SqliteStores stores, RunId root)
{
    private const int Most = 200;
    private readonly Dictionary<RunId, bool> _isOurs = new() { [root] = true };

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<InquiryRow>> OpenAsync(CancellationToken stop)
    {
        var ours = new List<InquiryRow>();
        foreach (var row in await stores.Inquiries.ListAsync(new InquiryQuery(Most, OnlyOpen: true), stop))
        {
            if (await IsOursAsync(row.Run, stop) is true)
            {
                ours.Insert(0, row);
            }
        }

        return ours;
    }

    public async Task<bool> IsOpenAsync(DispatchId id, CancellationToken stop) =>
        await stores.Inquiries.FindAsync(id, stop) is { IsOpen: true };

    /// <returns>Null while the row that would tell is not written yet.</returns>
    private async Task<bool?> IsOursAsync(RunId run, CancellationToken stop)
    {
        if (_isOurs.TryGetValue(run, out var known))
        {
            return known;
        }

        if (await stores.Executions.RunAsync(run, stop) is not { } row)
        {
            return null;
        }

        var isOurs = row.Parent is { } parent ? await IsOursAsync(parent.Run, stop) : false;
        if (isOurs is { } told)
        {
            _isOurs[run] = told;
        }

        return isOurs;
    }
}
