using Executor.Actors.Journal;
using Executor.Core.Runs;
using Executor.Host.Api.Problems;
using Executor.Host.Serving;

namespace Executor.Host.Api.Routes;

/// <summary>The events of a run's journal, read to be folded.</summary>
internal static class RunEntries
{
    /// <summary>Entries that one call folds; the command line folds longer journals on its own machine.</summary>
    private const int Most = 50_000;

    private static readonly JournalCodec Codec = new();

    /// <summary>The run with its workflow: entries before its start say nothing.</summary>
    /// <exception cref="ApiProblem">It has not started.</exception>
    public static async Task<RunState> BegunAsync(RunId run, Stores stores, CancellationToken stop)
    {
        await foreach (var row in stores.Journal.EntriesAsync(JournalCodec.IdOf(run), after: 0, stop))
        {
            if (RunState.Initial(run).Evolve(Codec.Read(row).Events) is { HasStarted: true } begun)
            {
                return begun;
            }
        }

        throw ApiProblem.NotFound(RunCodes.RunUnknown, $"Run {run} has not started.");
    }

    /// <summary>Of each entry, from the first on.</summary>
    /// <param name="upTo">The last that is wanted; there may be fewer.</param>
    /// <exception cref="ApiProblem">They are too many for one call.</exception>
    public static async Task<IReadOnlyList<IReadOnlyList<RunEvent>>> ReadAsync(
        RunId run, long upTo, Stores stores, CancellationToken stop)
    {
        var entries = new List<IReadOnlyList<RunEvent>>();
        await foreach (var row in stores.Journal.EntriesAsync(JournalCodec.IdOf(run), after: 0, stop))
        {
            if (row.Sequence > upTo)
            {
                break;
            }

            if (entries.Count == Most)
            {
                throw new ApiProblem(
                    StatusCodes.Status422UnprocessableEntity, "run.too-long",
                    $"This is about more than {Most} journal entries of run {run}.");
            }

            entries.Add(Codec.Read(row).Events);
        }

        return entries;
    }
}
