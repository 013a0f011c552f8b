using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Families;

/// <summary>A request that the guard has a row of: it ends once, and its run is told until it has taken note.</summary>
internal sealed class Work(RunId run, Slot slot)
{
    public RunId Run { get; } = run;

    public Slot Slot { get; } = slot;

    public ItemOutcome? Outcome { get; set; }

    public Letter? Told { get; set; }

    public bool IsClosed { get; set; }
}
