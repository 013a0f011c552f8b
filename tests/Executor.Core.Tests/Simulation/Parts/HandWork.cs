using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>The action itself, as the ledger sees it, and what is told of its end.</summary>
/// <param name="worker">Its name.</param>
internal sealed class HandWork(World world, string worker)
{
    public void Start(Hand hand)
    {
        hand.Phase = HandPhase.Running;
        hand.StartedAt = world.Now;
        var line = world.Ledger.Of(hand.Slot);
        line.Starts++;
        line.Open++;
        world.Checks.Started(line);
    }

    public void Finish(Hand hand)
    {
        hand.Outcome = hand.IsToStop
            ? new ItemOutcome(SlotStatus.Cancelled, Value.Null, "stopped", RunCodes.TaskCancelled)
            : world.Scenario.Script.Of(hand.Slot);
        hand.Phase = HandPhase.Reporting;
        var line = world.Ledger.Of(hand.Slot);
        line.Ends++;
        line.Open--;
    }

    public void Report(Hand hand) => world.Results.Publish(new TaskResult(
        hand.Request.Id, world.Run, hand.Slot, hand.Outcome!, worker, hand.Claim, hand.Token ?? "", hand.StartedAt,
        world.Now));

    /// <summary>An action that runs is killed.</summary>
    public void BreakOff(Hand hand)
    {
        if (hand.Phase == HandPhase.Running)
        {
            world.Ledger.Of(hand.Slot).Open--;
        }
    }
}
