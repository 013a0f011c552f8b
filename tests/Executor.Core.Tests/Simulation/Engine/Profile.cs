namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>What a run is exposed to; drawn anew for each, so that rare combinations are not drowned by common ones.</summary>
internal sealed record Profile
{
    /// <summary>Faults that may still be injected.</summary>
    public int Faults { get; init; }

    /// <summary>Bit set of <see cref="FaultKind"/>.</summary>
    public long Kinds { get; init; }

    public Discipline Discipline { get; init; }

    public int Nodes { get; init; } = 1;

    public int Workers { get; init; } = 1;

    public int WorkerSlots { get; init; } = 1;

    public int GroupCommit { get; init; } = 1;

    public int SendBatch { get; init; } = 1;

    public int LeaseSeconds { get; init; } = 60;

    public bool Cancels { get; init; }

    public bool Pauses { get; init; }

    /// <summary>Results stand beside the journal, which only refers to them, however small they are.</summary>
    public bool Refers { get; init; }

    public bool Passivates { get; init; }

    /// <summary>Choices before the faults stop.</summary>
    public int Length { get; init; }

    /// <summary>Of 32 steps, how many are faults, leaps of time, and rare events.</summary>
    public int FaultShare { get; init; }

    public int TimeShare { get; init; }

    public int RareShare { get; init; }

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    public static Profile Draw(Dice dice, int mostFaults)
    {
        var kinds = (long)(dice.Next() & long.MaxValue);
        var faults = mostFaults == 0 ? 0 : dice.Below(mostFaults + 1);
        return new Profile
        {
            Faults = faults,
            Kinds = kinds,
            Discipline = (Discipline)dice.Below(3),
            Nodes = dice.OneIn(3) ? 1 : 2,
            Workers = dice.Between(1, 2),
            WorkerSlots = dice.Between(1, 3),
            GroupCommit = dice.OneIn(2) ? 1 : dice.Between(2, 4),
            SendBatch = dice.Between(1, 4),
            LeaseSeconds = dice.OneIn(2) ? 60 : 10,
            Cancels = dice.OneIn(6),
            // Bits that no kind of fault uses: all other draws stay as they were before there were pauses.
            Pauses = (kinds >> 60) == 0,
            Refers = (kinds >> 58 & 3) == 0,
            Passivates = dice.OneIn(3),
            Length = dice.Between(20, 240),
            FaultShare = faults == 0 ? 0 : dice.Between(1, 4),
            TimeShare = dice.OneIn(3) ? 0 : dice.Between(1, 2),
            RareShare = dice.Between(1, 2),
        };
    }

    public bool Has(FaultKind kind) => (Kinds >> (int)kind & 1) != 0;
}

/// <summary>Which of the ready messages a consumer is given.</summary>
internal enum Discipline
{
    First,
    Last,
    Any,
}
