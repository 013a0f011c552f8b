using Executor.Actors.Journal;
using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Tests.Sound;

/// <summary>Changes one thing in evidence.</summary>
internal static class Tampering
{
    /// <summary>Each event of the run becomes what the edit makes of it: none, itself, another, several.</summary>
    public static Evidence EditEvents(this Evidence evidence, RunId run, Func<RunEvent, IEnumerable<RunEvent>> edit) =>
        evidence.EditEntries(run, entries => entries.Select(
            stored => stored with { Entry = stored.Entry with { Events = [.. stored.Entry.Events.SelectMany(edit)] } }));

    public static Evidence EditEntries(
        this Evidence evidence, RunId run, Func<IReadOnlyList<StoredEntry>, IEnumerable<StoredEntry>> edit) =>
        evidence with
        {
            Journals =
            [
                .. evidence.Journals.Select(journal =>
                    journal.Run == run ? journal with { Entries = [.. edit(journal.Entries)] } : journal),
            ],
        };

    /// <summary>The event is taken out and added to the last entry.</summary>
    public static Evidence Postpone(this Evidence evidence, RunId run, Func<RunEvent, bool> which)
    {
        var moved = evidence.Journals.Single(journal => journal.Run == run).Events
            .Select(one => one.Event).Where(which).ToList();
        return evidence.EditEvents(run, happened => which(happened) ? [] : [happened])
            .EditEntries(run, entries =>
            [
                .. entries.SkipLast(1),
                entries[^1] with { Entry = entries[^1].Entry.And(moved) },
            ]);
    }

    public static JournalEntry And(this JournalEntry entry, IEnumerable<RunEvent> more) =>
        entry with { Events = [.. entry.Events, .. more] };
}
