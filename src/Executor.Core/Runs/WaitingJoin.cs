using System.Collections.Immutable;

namespace Executor.Core.Runs;

/// <summary>A round of a join that has arrivals, but too few.</summary>
/// <param name="Visit">From 1, per task.</param>
/// <param name="Needed">How many different tasks must arrive.</param>
/// <param name="Arrived">Names of tasks, in written order.</param>
/// <param name="Missing">Tasks that may still arrive, in written order.</param>
public sealed record WaitingJoin(
    string Task, int Visit, int Needed, ImmutableArray<string> Arrived, ImmutableArray<string> Missing)
{
    /// <summary>In the order in which the rounds began. Of an ended run: those that never had enough.</summary>
    public static IEnumerable<WaitingJoin> Of(RunState run) => run.WaitingRounds.Select(ordinal =>
    {
        var round = run.Visits[ordinal]!;
        var inbound = run.Graph!.Inbound(round.Task).ToLookup(task => round.Sources.Contains(task.Order), task => task.Name);
        return new WaitingJoin(
            round.Task.Name, round.Number, run.Graph.Needed(round.Task), [.. inbound[true]], [.. inbound[false]]);
    });
}
