using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Chaos.Ledgers;

/// <summary>
/// The action of the load: tells the ledger that it began, takes its time, tells that it ended. Inputs: <c>value</c>, given
/// back; <c>ms</c>, how long it takes; <c>fails</c>, how many of the first attempts fail.
/// </summary>
internal sealed class StepAction(LedgerFile ledger, Fate fate) : IActionRunner
{
    public const string Name = "chaos.step";

    public async Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop)
    {
        fate.Meet(DeathMoment.AfterAck);
        Write(context, LedgerMark.Started);
        fate.Meet(DeathMoment.InAction);
        await Task.Delay(TimeSpan.FromMilliseconds(context.Input.Integer("ms") ?? 0), stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stop.IsCancellationRequested)
        {
            Write(context, LedgerMark.Stopped);
            return ActionResult.Failure("told to stop");
        }

        Write(context, LedgerMark.Ended);
        var value = context.Input.Map.TryGet("value", out var given) ? given : Value.Null;
        return context.Slot.Attempt <= (context.Input.Integer("fails") ?? 0)
            ? ActionResult.Failure("told to fail")
            : ActionResult.Success(Value.Map.From([KeyValuePair.Create("value", value)]));
    }

    private void Write(ActionContext context, LedgerMark mark) => ledger.Add(new LedgerLine(
        mark, DateTimeOffset.UtcNow, context.Run, context.Slot, context.Id, Environment.ProcessId));
}
