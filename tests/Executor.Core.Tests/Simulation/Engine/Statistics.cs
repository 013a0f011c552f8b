using System.Numerics;
using Executor.Core.Tests.Simulation.Programs;

namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>What one run, or many, went through.</summary>
internal sealed class Statistics
{
    private static readonly int KindCount = Enum.GetValues<FaultKind>().Length;
    private static readonly int PointCount = Enum.GetValues<Point>().Length;

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

    public long[] Faults { get; } = new long[KindCount];

    /// <summary>Faults by kind and by the blocks of the workflow that they met.</summary>
    public long[] Cells { get; } = new long[KindCount * BlocksOf.All.Length];

    /// <summary>What a node or worker was in the middle of when it died.</summary>
    public long[] Deaths { get; } = new long[PointCount];

    public long AllFaults => Faults.Sum();

    public void Count(FaultKind kind, Blocks blocks)
    {
        Faults[(int)kind]++;
        for (var rest = (uint)blocks; rest != 0; rest &= rest - 1)
        {
            Cells[((int)kind * BlocksOf.All.Length) + BitOperations.TrailingZeroCount(rest)]++;
        }
    }

    public void Died(Point point) => Deaths[(int)point]++;

    public long Cell(FaultKind kind, int block) => Cells[((int)kind * BlocksOf.All.Length) + block];

    public void Add(Statistics other)
    {
        Runs += other.Runs;
        Steps += other.Steps;
        Entries += other.Entries;
        Slots += other.Slots;
        Conflicts += other.Conflicts;
        Fenced += other.Fenced;
        Allocated += other.Allocated;
        Add(Faults, other.Faults);
        Add(Cells, other.Cells);
        Add(Deaths, other.Deaths);
    }

    private static void Add(long[] all, long[] one)
    {
        for (var place = 0; place < all.Length; place++)
        {
            all[place] += one[place];
        }
    }
}
