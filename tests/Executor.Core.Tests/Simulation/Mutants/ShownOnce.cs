using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>A run that wakes takes for granted that its questions can be seen.</summary>
internal sealed class ShownOnce : RunRules
{
    public override IEnumerable<RunEffect> Open(RunState run) => base.Open(run).Where(effect => effect is not RunEffect.Ask);
}
