namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>What one run, or many, went through.</summary>
internal sealed class Statistics
{
    public long Runs { get; set; }

    public long Steps { get; set; }

    public long Entries { get; set; }

    public long Slots { get; set; }

    /// <summary>Rows that named another journal entry: the second layer at work.</summary>
    public long Conflicts { get; set; }

    /// <summary>Entries refused by the unique sequence number.</summary>
    public long Fenced { get; set; }

    /// <summary>Bytes.</summary>
    public long Allocated { get; set; }

    public long[] Faults { get; } = new long[Enum.GetValues<FaultKind>().Length];

    public long AllFaults => Faults.Sum();

    public void Count(FaultKind kind) => Faults[(int)kind]++;

    public void Add(Statistics other)
    {
        Runs += other.Runs;
        Steps += other.Steps;
        Entries += other.Entries;
        Slots += other.Slots;
        Conflicts += other.Conflicts;
        Fenced += other.Fenced;
        Allocated += other.Allocated;
        for (var kind = 0; kind < Faults.Length; kind++)
        {
            Faults[kind] += other.Faults[kind];
        }
    }
}
