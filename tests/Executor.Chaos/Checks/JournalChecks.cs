using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>The journal itself.</summary>
internal static class JournalChecks
{
    public static IEnumerable<string> WellFormed(Evidence evidence)
    {
        foreach (var journal in evidence.Journals)
        {
            var numbers = journal.Entries.Select(stored => stored.Sequence).ToList();
            if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Count).Select(number => (long)number)))
            {
                yield return $"{journal.Run} has {numbers.Count} entries from {numbers[0]} to {numbers[^1]}";
            }

            var lives = new HashSet<string>();
            string? writer = null;
            foreach (var stored in journal.Entries.Where(stored => stored.Entry.Incarnation != writer))
            {
                writer = stored.Entry.Incarnation;
                if (!lives.Add(writer))
                {
                    yield return $"{journal.Run} entry {stored.Sequence} is by {writer}, after another had written";
                }
            }
        }
    }

    public static IEnumerable<string> ReplayIsLive(Evidence evidence)
    {
        var journals = evidence.Journals.ToLookup(journal => journal.Run);
        foreach (var views in evidence.Views.GroupBy(view => view.Run))
        {
            if (journals[views.Key].FirstOrDefault() is not { } journal)
            {
                yield return $"{views.Key} was told of and has no journal";
                continue;
            }

            var state = RunState.Initial(journal.Run);
            using var entries = journal.Entries.GetEnumerator();
            foreach (var view in views.OrderBy(view => view.Sequence))
            {
                while (state.Entries < view.Sequence && entries.MoveNext())
                {
                    state = state.Evolve(entries.Current.Entry.Events);
                }

                var replayed = LiveView.Of(state);
                if (replayed.Sequence != view.Sequence)
                {
                    yield return $"{view.Run} told of entry {view.Sequence}; the journal has {replayed.Sequence}";
                }
                else if (!replayed.Lines.SequenceEqual(view.Lines))
                {
                    yield return $"{view.Run} at {view.Sequence} told '{string.Join("; ", view.Lines.Except(replayed.Lines))}'; "
                        + $"its journal says '{string.Join("; ", replayed.Lines.Except(view.Lines))}'";
                }
            }
        }
    }
}
