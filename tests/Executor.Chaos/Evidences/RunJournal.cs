using Executor.Actors.Journal;
using Executor.Core.Runs;

namespace Executor.Chaos.Evidences;

/// <summary>All entries of one run, in the order of their numbers.</summary>
internal sealed record RunJournal(RunId Run, IReadOnlyList<StoredEntry> Entries)
{
    /// <summary>Every event with the number of its entry.</summary>
    public IEnumerable<(long Sequence, RunEvent Event)> Events =>
        Entries.SelectMany(stored => stored.Entry.Events.Select(happened => (stored.Sequence, happened)));

    public IEnumerable<T> OfType<T>()
        where T : RunEvent => Events.Select(one => one.Event).OfType<T>();

    /// <summary>From nothing to the entry with this number.</summary>
    public RunState StateAt(long sequence) => Entries.Where(stored => stored.Sequence <= sequence)
        .Aggregate(RunState.Initial(Run), (state, stored) => state.Evolve(stored.Entry.Events));
}

internal sealed record StoredEntry(long Sequence, JournalEntry Entry);
