using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>What a pause that was answered means.</summary>
internal static class PauseChecks
{
    public static IEnumerable<string> NothingStarts(Evidence evidence)
    {
        var journals = evidence.Journals.ToDictionary(journal => journal.Run);
        foreach (var run in evidence.Offers.Where(offer => offer.IsPaused).Select(offer => offer.Answers[0]))
        {
            if (!journals.TryGetValue(run, out var journal) || !journal.OfType<RunEvent.PauseRequested>().Any())
            {
                yield return $"the pause of {run} was accepted, and its journal has none";
            }
        }

        foreach (var journal in evidence.Journals)
        {
            var state = RunState.Initial(journal.Run);
            foreach (var stored in journal.Entries)
            {
                foreach (var happened in stored.Entry.Events)
                {
                    if (state.IsPaused && happened is RunEvent.Dispatched or RunEvent.VisitOpened or RunEvent.RunEnded)
                    {
                        yield return $"entry {stored.Sequence} of {journal.Run}: {happened.GetType().Name} although it is paused";
                    }

                    state = state.Evolve([happened]);
                }
            }
        }
    }
}
