using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>The decider's answer is changed before it is stored.</summary>
internal sealed class EditedDecisions(Func<RunState, RunCommand, Decision, Decision> edit) : RunRules
{
    public override Decision Decide(RunState run, RunCommand command, StoredContents? atHand) =>
        edit(run, command, base.Decide(run, command, atHand));
}

/// <summary>Events reach the state otherwise than they were stored.</summary>
internal sealed class EditedEvents(Func<RunEvent, RunEvent?> edit) : RunRules
{
    public override RunState Evolve(RunState run, ImmutableArray<RunEvent> entry) =>
        base.Evolve(run, [.. entry.Select(edit).OfType<RunEvent>()]);
}

/// <summary>Commands reach the decider otherwise than they were sent; null is an empty decision.</summary>
internal sealed class EditedCommands(Func<RunCommand, RunCommand?> edit) : RunRules
{
    public override Decision Decide(RunState run, RunCommand command, StoredContents? atHand) =>
        edit(command) is { } edited ? base.Decide(run, edited, atHand) : Decision.Nothing;
}
