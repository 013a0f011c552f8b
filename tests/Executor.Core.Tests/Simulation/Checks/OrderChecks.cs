using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>The entries of a run follow each other without a gap, and those of one incarnation stand together.</summary>
internal sealed class OrderChecks
{
    private readonly HashSet<int> _past = [];
    private int _incarnation;
    private long _last;

    public void Check(JournalLine row, Invariants checks)
    {
        if (row.Sequence != _last + 1)
        {
            checks.Break("I16", $"entry {row.Sequence} follows entry {_last}");
        }

        _last = row.Sequence;
        if (row.Incarnation == _incarnation)
        {
            return;
        }

        _past.Add(_incarnation);
        _incarnation = row.Incarnation;
        if (_past.Contains(row.Incarnation))
        {
            checks.Break("I16", $"entry {row.Sequence} is by incarnation {row.Incarnation}, which had been replaced");
        }
    }
}
