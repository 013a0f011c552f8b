using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Tables;

/// <summary>What the actions themselves have done; the engine never sees it.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<Slot, LedgerLine> _lines = [];

    public IReadOnlyCollection<LedgerLine> Lines => _lines.Values;

    public LedgerLine Of(Slot slot)
    {
        if (!_lines.TryGetValue(slot, out var line))
        {
            line = new LedgerLine(slot);
            _lines.Add(slot, line);
        }

        return line;
    }

    public LedgerLine? Find(Slot slot) => _lines.GetValueOrDefault(slot);
}

internal sealed class LedgerLine(Slot slot)
{
    public Slot Slot { get; } = slot;

    public int Starts { get; set; }

    public int Ends { get; set; }

    /// <summary>Started and neither ended nor killed.</summary>
    public int Open { get; set; }
}
