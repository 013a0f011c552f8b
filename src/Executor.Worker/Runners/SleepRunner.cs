using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners;

/// <summary>core.sleep: waits <c>seconds</c> (default 1, at most a day) and returns them.</summary>
internal sealed class SleepRunner : IActionRunner
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public async Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop)
    {
        context.Input.Only("seconds");
        var pause = context.Input.Seconds("seconds", Longest) ?? TimeSpan.FromSeconds(1);
        await Task.Delay(pause, context.Time, stop);
        return ActionResult.Success(Value.Map.Empty.With(
            "seconds",
            context.Input.Map.TryGet("seconds", out var given) ? given : Value.Of(1)));
    }
}
