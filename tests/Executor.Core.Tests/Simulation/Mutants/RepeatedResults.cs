using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>A result that comes again is decided as it was the first time.</summary>
internal sealed class RepeatedResults : RunRules
{
    [ThreadStatic]
    private static Dictionary<Slot, Decision>? _decisions;

    public override Decision Decide(RunState run, RunCommand command, StoredContents? atHand)
    {
        if (!run.HasStarted)
        {
            _decisions = [];
        }

        var decision = base.Decide(run, command, atHand);
        if (decision.IsOpen || command is not RunCommand.FinishItem finish || _decisions is null)
        {
            return decision;
        }

        if (decision.IsEmpty && _decisions.TryGetValue(finish.Slot, out var former))
        {
            return former;
        }

        _decisions.TryAdd(finish.Slot, decision);
        return decision;
    }
}
