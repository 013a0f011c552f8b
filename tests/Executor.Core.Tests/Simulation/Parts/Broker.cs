using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Tables;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>What goes wrong with the queues themselves.</summary>
internal sealed class Broker(World world) : Part(world)
{
    private enum Code
    {
        CopyTask,
        CopyResult,
        CopyClaim,
        PurgeTasks,
        PurgeResults,
        PurgeClaims,
        Restart,
        Forge,
    }

    public override string Name => "broker";

    public override void Offer(Moves moves)
    {
    }

    public override void OfferFaults(Moves moves)
    {
        OfferQueue(moves, World.Tasks, Code.CopyTask, Code.PurgeTasks);
        OfferQueue(moves, World.Results, Code.CopyResult, Code.PurgeResults);
        OfferQueue(moves, World.Claims, Code.CopyClaim, Code.PurgeClaims);
        moves.AddFault(this, (int)Code.Restart, FaultKind.BrokerRestart);
        for (var index = 0; index < World.Guard.Lines.Count; index++)
        {
            if (!World.Guard.Lines[index].HasEnded)
            {
                moves.AddFault(this, (int)Code.Forge, FaultKind.ForgedResult, index);
            }
        }
    }

    public override void Do(int code, int arg)
    {
        switch ((Code)code)
        {
            case Code.CopyTask:
                World.Faulted(FaultKind.MessageCopied);
                World.Tasks.Copy(arg);
                break;
            case Code.CopyResult:
                World.Faulted(FaultKind.MessageCopied);
                World.Results.Copy(arg);
                break;
            case Code.CopyClaim:
                World.Faulted(FaultKind.MessageCopied);
                World.Claims.Copy(arg);
                break;
            case Code.PurgeTasks:
                World.Faulted(FaultKind.QueuePurged);
                World.Tasks.PurgeReady();
                break;
            case Code.PurgeResults:
                World.Faulted(FaultKind.QueuePurged);
                World.Results.PurgeReady();
                break;
            case Code.PurgeClaims:
                World.Faulted(FaultKind.QueuePurged);
                World.Claims.PurgeReady();
                break;
            case Code.Restart:
                World.Faulted(FaultKind.BrokerRestart);
                World.Tasks.ReturnAll();
                World.Results.ReturnAll();
                break;
            case Code.Forge:
                World.Faulted(FaultKind.ForgedResult);
                Forge(World.Guard.Lines[arg]);
                break;
        }
    }

    public override string Describe(int code, int arg) => ((Code)code) switch
    {
        Code.CopyTask => $"copies {World.Tasks[arg].Body.Slot}",
        Code.CopyResult => $"copies result of {World.Results[arg].Body.Slot}",
        Code.Forge => $"is given a forged result of {World.Guard.Lines[arg].Slot}",
        var other => other.ToString(),
    };

    private void OfferQueue<T>(Moves moves, MessageQueue<T> queue, Code copy, Code purge)
    {
        for (var index = 0; index < queue.Count; index++)
        {
            moves.AddFault(this, (int)copy, FaultKind.MessageCopied, index);
        }

        if (queue.FirstReady() >= 0)
        {
            moves.AddFault(this, (int)purge, FaultKind.QueuePurged);
        }
    }

    private void Forge(GuardLine line) => World.Results.Publish(new TaskResult(
        line.Id, World.Run, line.Slot, new ItemOutcome(SlotStatus.Completed, Value.Of("forged")), "nobody", "none",
        "guessed", World.Now, World.Now));
}
