using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Checks;

namespace Executor.Core.Tests.Simulation.Tables;

/// <param name="Incarnation">Which life of the run's actor wrote it.</param>
internal sealed record JournalLine(long Sequence, ImmutableArray<RunEvent> Events, int Node, int Incarnation);

/// <summary>The entries of one run; the sequence number is unique.</summary>
internal sealed class Journal(bool fenced)
{
    private readonly List<JournalLine> _rows = [];

    public IReadOnlyList<JournalLine> Rows => _rows;

    /// <summary>Entries that a recovery would read: one for each number, the first that was written.</summary>
    public long Last { get; private set; }

    /// <returns>False: another incarnation has written this entry.</returns>
    public bool Append(JournalLine row, Invariants checks)
    {
        if (row.Sequence != Last + 1 && fenced)
        {
            return false;
        }

        _rows.Add(row);
        Last = Math.Max(Last, row.Sequence);
        checks.Appended(row);
        return true;
    }

    public IEnumerable<JournalLine> After(long sequence)
    {
        foreach (var row in _rows)
        {
            if (row.Sequence == sequence + 1)
            {
                sequence = row.Sequence;
                yield return row;
            }
        }
    }
}
