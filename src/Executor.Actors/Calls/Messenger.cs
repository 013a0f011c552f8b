using System.Collections.Concurrent;
using Akka.Actor;
using Executor.Actors.Recovery;
using Executor.Actors.Runs;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Calls;

/// <summary>One message from a run to another, brought once. It may be lost on any of its ways: then it is brought again.</summary>
internal sealed class Messenger(
    IActorRef dueKeeper, IWorkflowCatalog catalog, Lazy<IActorRef> region, TimeSpan patience, TimeSpan staleAfter,
    IScheduler clock)
{
    private const int MostRemembered = 1_000;
    private readonly ConcurrentDictionary<string, bool> _stored = new(StringComparer.Ordinal);

    /// <returns>Whether the other run has accepted it, so that it need not come again.</returns>
    public Task<bool> BringAsync(RunId from, RunEffect effect, CancellationToken stop) => effect switch
    {
        RunEffect.Call call => CallAsync(from, call, stop),
        RunEffect.TellParent tell => TellParentAsync(from, tell, stop),
        _ => throw new InvalidOperationException($"{effect} is not meant for another run."),
    };

    private async Task<bool> CallAsync(RunId from, RunEffect.Call call, CancellationToken stop)
    {
        // Before the run exists, as for every start: there is no moment at which it could be forgotten.
        var remind = new DueStep.Remind(call.Run, clock.Now + staleAfter);
        await dueKeeper.Ask<DueAnswer>(remind, patience, stop);
        await StoreAsync(call, stop);
        var accepted = await AskAsync(call.Run, call.ToCommand(clock.Now), call.Trace, stop);
        if (accepted?.Refusal is not { } refusal)
        {
            return accepted is not null;
        }

        var outcome = new ItemOutcome(SlotStatus.Failed, Value.Null, refusal.Message, refusal.Code);
        return await AskAsync(from, new RunCommand.FinishItem(call.Parent.Slot, outcome, clock.Now), call.Trace, stop)
            is not null;
    }

    private async Task<bool> TellParentAsync(RunId from, RunEffect.TellParent tell, CancellationToken stop) =>
        await AskAsync(tell.Parent, tell.ToCommand(clock.Now), tell.Trace, stop) is not null
        && await AskAsync(from, new RunCommand.HearParent(clock.Now), tell.Trace, stop) is not null;

    private Task<Accepted?> AskAsync(RunId run, RunCommand command, string? trace, CancellationToken stop) =>
        RunQuestion.AskAsync<Accepted>(region.Value, run, command, patience, stop, trace);

    /// <summary>People look the text up by its hash.</summary>
    private async Task StoreAsync(RunEffect.Call call, CancellationToken stop)
    {
        var workflow = call.Workflow;
        if (_stored.ContainsKey(workflow.Hash))
        {
            return;
        }

        await catalog.StoreAsync(workflow.Hash, workflow.Ref, workflow.Source, stop);
        if (_stored.Count >= MostRemembered)
        {
            _stored.Clear();
        }

        _stored[workflow.Hash] = true;
    }
}
