using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>A member of the state was forgotten when its snapshot format was written.</summary>
internal sealed class LossySnapshots(Func<RunState, RunState> lose) : RunRules
{
    public override RunState Snapshot(RunState run) => lose(run);
}
