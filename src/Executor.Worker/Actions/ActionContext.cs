using Executor.Core.Messages;
using Executor.Core.Runs;
using Microsoft.Extensions.Logging;

namespace Executor.Worker.Actions;

/// <summary>What an action may know about its attempt.</summary>
public sealed class ActionContext(TaskRequest request, TimeProvider time, ILogger log, IActionObserver? observer)
{
    /// <summary>The same for every repeat of the same attempt, another for the next: an idempotency key.</summary>
    public DispatchId Id => request.Id;

    public RunId Run => request.Run;

    public Slot Slot => request.Slot;

    public string Workflow => request.Workflow;

    public string Action => request.Action;

    public ActionInput Input { get; } = new(request.Input);

    /// <summary>From the start of the action; the worker enforces it.</summary>
    public TimeSpan Timeout => request.Timeout;

    /// <summary>How long after <c>stop</c> the action may take to end; then what is left of it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The worker's clock: virtual in tests.</summary>
    public TimeProvider Time => time;

    public ILogger Log => log;

    /// <summary>Whether anybody listens to <see cref="Say"/>.</summary>
    public bool IsHeard => observer is not null;

    /// <summary>Shows a line of progress to whoever watches. It is kept nowhere.</summary>
    public void Say(string line) => observer?.Said(request, line);
}
