using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Host.Watching;

/// <summary>What a run, and those that it has called, are asking now.</summary>
internal sealed class FamilyQuestions(IQuestionBook book, RunId root)
{
    private const int Most = 200;
    private readonly Dictionary<RunId, bool> _isOurs = new() { [root] = true };

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<InquiryRow>> OpenAsync(CancellationToken stop)
    {
        var ours = new List<InquiryRow>();
        foreach (var row in await book.OpenAsync(Most, stop))
        {
            if (await IsOursAsync(row.Run, stop) is true)
            {
                ours.Insert(0, row);
            }
        }

        return ours;
    }

    public Task<bool> IsOpenAsync(DispatchId id, CancellationToken stop) => book.IsOpenAsync(id, stop);

    /// <returns>Null while it cannot be told.</returns>
    private async Task<bool?> IsOursAsync(RunId run, CancellationToken stop)
    {
        if (_isOurs.TryGetValue(run, out var known))
        {
            return known;
        }

        if (await book.DescentAsync(run, stop) is not { } descent)
        {
            return null;
        }

        var isOurs = descent.Caller is { } caller ? await IsOursAsync(caller, stop) : false;
        if (isOurs is { } told)
        {
            _isOurs[run] = told;
        }

        return isOurs;
    }
}
