using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Mutants;

/// <summary>Typical mistakes in rules, made on the rules' answers.</summary>
internal static class Edits
{
    private static long _clock;

    /// <summary>An ended item frees two places.</summary>
    public static Decision FreePlaceTwice(RunState run, RunCommand command, Decision decision) =>
        command is RunCommand.FinishItem && LastDispatchOfItem(decision) is { } last
            ? Add(decision, Move(run, last, last.Slot.Item + 1))
            : decision;

    /// <summary>An item that waits for its retry gives its place away.</summary>
    public static Decision FreePlaceOnRetry(RunState run, RunCommand command, Decision decision)
    {
        foreach (var happened in decision.Events)
        {
            if (happened is RunEvent.RetryScheduled { Slot.Item: >= 0 } retry)
            {
                var like = new RunEvent.Dispatched(
                    retry.Slot, default, "core.noop", Core.Values.Value.Map.Empty, "default", TimeSpan.FromSeconds(300),
                    command.At + TimeSpan.FromHours(2), false, command.At);
                return Add(decision, Move(run, like with { Slot = retry.Slot with { Attempt = 1 } }, retry.Slot.Item + 1));
            }
        }

        return decision;
    }

    /// <summary>Whatever item ends, the visit ends with it.</summary>
    public static Decision EndVisitWithEachItem(RunState run, RunCommand command, Decision decision)
    {
        var finished = decision.Events.OfType<RunEvent.ItemFinished>().FirstOrDefault(item => item is { Last: true, Slot.Item: >= 0 });
        return finished is null || decision.Events.Any(happened => happened is RunEvent.VisitEnded)
            ? decision
            : Add(decision, new RunEvent.VisitEnded(
                finished.Slot.Task, finished.Slot.Visit, finished.Outcome.Status, null, null, command.At));
    }

    /// <summary>Items go out last first.</summary>
    public static Decision ReverseItems(RunState run, RunCommand command, Decision decision)
    {
        var items = decision.Events.OfType<RunEvent.Dispatched>().Where(dispatched => dispatched.Slot.Item >= 0).ToList();
        if (items.Count < 2 || items[0].Slot.Task != items[1].Slot.Task)
        {
            return decision;
        }

        var events = decision.Events.SetItem(decision.Events.IndexOf(items[0]), items[1]);
        return new Decision(events.SetItem(decision.Events.IndexOf(items[1]), items[0]));
    }

    public static Decision ForgetRetries(RunState run, RunCommand command, Decision decision) =>
        new([.. decision.Events.Where(happened => happened is not RunEvent.RetryScheduled)], decision.Refusal);

    /// <summary>The run never learns that it need not withdraw a slot again.</summary>
    public static Decision ForgetOverdueEnd(RunState run, RunCommand command, Decision decision) =>
        new([.. decision.Events.Where(happened => happened is not RunEvent.OverdueEnded)], decision.Refusal);

    /// <summary>A slot that the run has ended itself is not withdrawn.</summary>
    public static Decision ForgetOverdue(RunState run, RunCommand command, Decision decision) =>
        new(
            [
                .. decision.Events.Where(happened => happened is not RunEvent.OverdueEnded),
                .. decision.Events.OfType<RunEvent.ItemFinished>().Where(finished => finished.ByRun)
                    .Select(finished => new RunEvent.OverdueEnded(finished.Slot)),
            ],
            decision.Refusal);

    /// <summary>Who answers a question that is closed is told that the answer counts.</summary>
    public static Decision AcceptLateAnswers(RunState run, RunCommand command, Decision decision) =>
        decision.Refusal?.Code == RunCodes.InquiryClosed ? Decision.Nothing : decision;

    /// <summary>The journal keeps the cancel, the state does not.</summary>
    public static RunEvent? ForgetCancel(RunEvent happened) => happened is RunEvent.CancelRequested ? null : happened;

    /// <summary>The journal keeps the pause, the state does not.</summary>
    public static RunEvent? ForgetPause(RunEvent happened) => happened is RunEvent.PauseRequested ? null : happened;

    public static RunEvent? ForgetEnd(RunEvent happened) => happened is RunEvent.RunEnded ? null : happened;

    /// <summary>Replay gives another due time than life did.</summary>
    public static RunEvent? ReadClock(RunEvent happened) => happened is RunEvent.Dispatched dispatched
        ? dispatched with { Due = dispatched.Due.AddTicks(Interlocked.Increment(ref _clock)) }
        : happened;

    /// <summary>What the origin did stands, but for what came of it.</summary>
    public static RunEvent? ForgetKeptResults(RunEvent happened) => happened is RunEvent.VisitKept kept
        ? kept with { Items = [.. kept.Items.Select(item => item with { Result = Core.Values.Value.Of("forgotten") })] }
        : happened;

    /// <summary>Items that are kept are forgotten and go out again.</summary>
    public static RunCommand? ForgetKeptItems(RunCommand command) => command is RunCommand.Start { Plan: { } plan } start
        ? start with { Plan = plan with { Kept = [.. plan.Kept.Select(WithoutItems)] } }
        : command;

    /// <summary>A rerun of a part does all of it again.</summary>
    public static RunCommand? IgnorePlan(RunCommand command) =>
        command is RunCommand.Start start ? start with { Plan = null } : command;

    public static RunCommand? IgnoreTime(RunCommand command) => command is RunCommand.TimeUp ? null : command;

    public static RunCommand? HurryTime(RunCommand command) =>
        command is RunCommand.TimeUp ? command with { At = command.At.AddMinutes(1) } : command;

    public static RunCommand? IgnoreLostWorkers(RunCommand command) =>
        command is RunCommand.FinishItem { Outcome.Status: SlotStatus.Abandoned } ? null : command;

    /// <summary>A join opens one arrival early.</summary>
    public static RunCommand? HurryJoins(RunCommand command) => command is RunCommand.Start start
        ? start with { Workflow = start.Workflow with { Tasks = [.. start.Workflow.Tasks.Select(Hurry)] } }
        : command;

    private static RunEvent WithoutItems(RunEvent happened) => happened is RunEvent.VisitKept { Rest: { } rest } kept
        ? kept with { Items = [], Rest = [.. rest.Concat(kept.Items.Select(item => Math.Max(item.Item, 0))).Order()] }
        : happened;

    private static TaskSpec Hurry(TaskSpec task) => task.Join is { Count: null } join
        ? task with { Join = join with { Count = 1 } }
        : task;

    private static RunEvent.Dispatched? LastDispatchOfItem(Decision decision) =>
        decision.Events.OfType<RunEvent.Dispatched>().LastOrDefault(dispatched => dispatched.Slot is { Item: >= 0, Attempt: 1 });

    private static RunEvent.Dispatched Move(RunState run, RunEvent.Dispatched dispatched, int item)
    {
        var slot = dispatched.Slot with { Item = item };
        return dispatched with { Slot = slot, Id = DispatchId.Of(run.Id, slot) };
    }

    private static Decision Add(Decision decision, RunEvent happened) => new(decision.Events.Add(happened));
}
