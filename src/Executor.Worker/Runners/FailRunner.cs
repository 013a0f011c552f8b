using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Worker.Runners;

/// <summary>core.fail: fails with <c>message</c> and, where given, <c>code</c>.</summary>
internal sealed class FailRunner : IActionRunner
{
    public Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop)
    {
        context.Input.Only("message", "code");
        var code = context.Input.Text("code");
        var result = code is null ? Value.Map.Empty : Value.Map.Empty.With("code", Value.Of(code));
        var message = context.Input.Text("message") ?? "Failed on request.";
        return Task.FromResult(ActionResult.Failure(message, code, result));
    }
}
