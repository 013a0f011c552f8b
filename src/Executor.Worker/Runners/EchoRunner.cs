using Executor.Worker.Actions;

namespace Executor.Worker.Runners;

/// <summary>
/// core.echo: its result is its input, types and order kept; a text <c>message</c> is shown as progress.
/// </summary>
internal sealed class EchoRunner : IActionRunner
{
    public Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop)
    {
        if (context.IsHeard && context.Input.Map.TryGet("message", out var message))
        {
            context.Say(message is Core.Values.Value.Text text ? text.Content : message.ToString());
        }

        return Task.FromResult(ActionResult.Success(context.Input.Map));
    }
}
