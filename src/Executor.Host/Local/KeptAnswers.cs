using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Storage;

namespace Executor.Host.Local;

/// <summary>Answers that were left in a data directory while no process had their runs in hand.</summary>
internal static class KeptAnswers
{
    private const int Page = 100;

    /// <returns>The runs among those that began with one of <paramref name="roots"/> to which an answer was left.</returns>
    public static async Task<ImmutableHashSet<RunId>> RunsAsync(
        SqliteStores stores, ImmutableHashSet<RunId> roots, CancellationToken stop)
    {
        var archive = new RunArchive(stores);
        var answered = ImmutableHashSet.CreateBuilder<RunId>();
        await foreach (var answer in AllAsync(stores.Offers, stop))
        {
            if (!answered.Contains(answer.Run) && roots.Contains((await archive.FindAsync(answer.Run.Text, stop)).Root))
            {
                answered.Add(answer.Run);
            }
        }

        return answered.ToImmutable();
    }

    /// <summary>The one that counts, unless its time was up when it was given.</summary>
    /// <returns>Null while nobody has answered.</returns>
    public static async Task<OfferedAnswer?> FirstAsync(SqliteStores stores, InquiryRow row, CancellationToken stop)
    {
        await foreach (var answer in AllAsync(stores.Offers, stop))
        {
            if (answer.Run == row.Run && answer.Slot == row.Slot)
            {
                return answer;
            }
        }

        return null;
    }

    private static async IAsyncEnumerable<OfferedAnswer> AllAsync(
        AnswerOffers offers, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var (after, more) = (0L, true); more;)
        {
            var page = await offers.UndecidedAsync(after, Page, stop);
            foreach (var answer in page)
            {
                after = answer.Number;
                yield return answer;
            }

            more = page.Count == Page;
        }
    }
}
