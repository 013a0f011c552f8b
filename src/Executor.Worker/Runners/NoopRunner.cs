using Executor.Worker.Actions;

namespace Executor.Worker.Runners;

/// <summary>core.noop: takes any input, does nothing, succeeds with an empty object.</summary>
internal sealed class NoopRunner : IActionRunner
{
    public Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop) => ActionResult.Done();
}
