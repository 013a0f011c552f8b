using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Runs.Snapshots;

namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>The production rules as the world calls them; a mutant overrides one.</summary>
internal class RunRules
{
    public virtual RunState New(RunId id) => RunState.Initial(id);

    public virtual Decision Decide(RunState run, RunCommand command, StoredContents? atHand) =>
        RunDecider.Decide(run, command, atHand: atHand);

    public virtual RunState Evolve(RunState run, ImmutableArray<RunEvent> entry) => run.Evolve(entry);

    public virtual IEnumerable<RunEffect> Effects(RunState after, ImmutableArray<RunEvent> entry) =>
        RunEffects.Of(after, entry);

    public virtual IEnumerable<RunEffect> Open(RunState run) => RunEffects.Open(run);

    public virtual DateTimeOffset? Due(RunState run) => run.NextDue;

    /// <summary>What comes back of a state that went through a snapshot.</summary>
    public virtual RunState Snapshot(RunState run) =>
        RunStateJson.Read(RunStateJson.Write(run).Span, (_, _, _) => run.Workflow!);
}
