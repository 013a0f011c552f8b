using Executor.Core;

namespace Executor.Host.Api.Routes;

/// <summary>The journal of all runs in the order of its own numbers.</summary>
/// <remarks>
/// A number that is missing may belong to a writer that has not committed yet. It is waited for until no healthy writer
/// can still be at it; what was rolled back leaves a hole for ever.
/// </remarks>
internal sealed class JournalFeed(IJournalReader journal, TimeProvider clock)
{
    /// <summary>Between two looks when nothing was new.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Twice what the database allows a transaction to last.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private const int MostAtOnce = 500;

    public Task<long> NewestAsync(CancellationToken stop) => journal.NewestAsync(stop);

    /// <returns>In order; empty when there is nothing yet that is certain.</returns>
    public async Task<IReadOnlyList<FeedRow>> ReadAsync(long after, CancellationToken stop)
    {
        var rows = await journal.FeedAsync(after, MostAtOnce, stop);
        var certain = 0;
        foreach (var row in rows)
        {
            var expected = certain == 0 ? after + 1 : rows[certain - 1].Number + 1;
            if (row.Number != expected && clock.GetUtcNow() - row.Entry.CreatedAt < Patience)
            {
                break;
            }

            certain++;
        }

        return certain == rows.Count ? rows : [.. rows.Take(certain)];
    }
}
