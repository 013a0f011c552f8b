using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>Starts and ends of runs.</summary>
internal static class RunChecks
{
    public static IEnumerable<string> AcceptedEnds(Evidence evidence)
    {
        var rows = evidence.Runs.ToLookup(run => run.Id);
        var journals = evidence.Journals.ToLookup(journal => journal.Run);
        foreach (var offer in evidence.Offers)
        {
            foreach (var problem in OfOffer(offer, rows, journals))
            {
                yield return $"the start {offer.Key} of {offer.Workflow} {problem}";
            }
        }

        foreach (var same in evidence.Offers.SelectMany(offer => offer.Answers.Distinct()).GroupBy(run => run)
            .Where(same => same.Count() > 1))
        {
            yield return $"run {same.Key} answers {same.Count()} different starts";
        }

        var offered = evidence.Offers.SelectMany(offer => offer.Answers).ToHashSet();
        foreach (var journal in evidence.Journals.Where(journal => !offered.Contains(journal.Run) && !IsCalled(journal)))
        {
            yield return $"run {journal.Run} was never offered";
        }
    }

    public static IEnumerable<string> EndIsFinal(Evidence evidence)
    {
        foreach (var journal in evidence.Journals)
        {
            var events = journal.Events.Select(one => one.Event).ToList();
            var ends = events.Count(happened => happened is RunEvent.RunEnded);
            if (ends > 1)
            {
                yield return $"{journal.Run} ended {ends} times";
            }

            var stop = events.FindIndex(happened =>
                happened is RunEvent.RunEnded or RunEvent.CancelRequested or RunEvent.RunTimedOut or RunEvent.RunFailing);
            foreach (var late in events.Skip(stop + 1).OfType<RunEvent.Dispatched>().Where(_ => stop >= 0))
            {
                yield return $"{journal.Run} dispatched {late.Slot} after {events[stop].GetType().Name}";
            }
        }

        var rows = evidence.Runs.ToLookup(run => run.Id, run => run.Status);
        foreach (var (run, status) in evidence.SeenEnded.Distinct())
        {
            if (rows[run].FirstOrDefault() is var now && now != status)
            {
                yield return $"{run} was {status} once and is {now} now";
            }
        }
    }

    private static bool IsCalled(RunJournal journal) =>
        journal.OfType<RunEvent.RunStarted>().FirstOrDefault() is { Parent: not null };

    private static IEnumerable<string> OfOffer(
        Offer offer, ILookup<RunId, RunLine> rows, ILookup<RunId, RunJournal> journals)
    {
        if (offer.Refusal is { } refusal)
        {
            yield return $"was refused: {refusal}";
        }
        else if (offer.Answers.Count == 0)
        {
            yield return "was never answered";
        }

        if (offer.Answers.Distinct().Count() > 1)
        {
            yield return $"made {offer.Answers.Distinct().Count()} runs: {string.Join(", ", offer.Answers.Distinct())}";
        }

        foreach (var run in offer.Answers.Distinct())
        {
            if (journals[run].FirstOrDefault() is not { } journal)
            {
                yield return $"was accepted as {run}, which has no journal";
            }
            else if (!journal.OfType<RunEvent.RunEnded>().Any())
            {
                yield return $"was accepted as {run}, which has not ended: {journal.StateAt(long.MaxValue).Status}, "
                    + $"last entry {journal.Entries[^1].Sequence} at {journal.Entries[^1].Entry.At:HH:mm:ss.fff} by {journal.Entries[^1].Entry.Node}";
            }

            if (rows[run].FirstOrDefault() is not { HasEnded: true })
            {
                yield return $"was accepted as {run}, of which no row tells an end";
            }
        }
    }
}
