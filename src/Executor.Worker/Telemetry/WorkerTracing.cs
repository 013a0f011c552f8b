using System.Diagnostics;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Worker.Telemetry;

/// <summary>The spans of a worker: one around each action. What the action itself does comes below it.</summary>
public static class WorkerTracing
{
    public const string Name = "Executor.Worker";

    private static readonly ActivitySource Source = new(Name);

    /// <returns>Null while nobody listens.</returns>
    internal static Activity? Run(TaskRequest request, string action, string worker)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var slot = request.Slot;
        return Source.StartActivity($"run {action}", ActivityKind.Consumer, TraceParent.Read(request.Trace))?
            .SetTag("executor.run", request.Run.Text)
            .SetTag("executor.workflow", request.Workflow)
            .SetTag("executor.task", slot.Task)
            .SetTag("executor.visit", slot.Visit)
            .SetTag("executor.item", slot.Item)
            .SetTag("executor.attempt", slot.Attempt)
            .SetTag("executor.dispatch", request.Id.Text)
            .SetTag("executor.worker", worker);
    }

    /// <param name="outcome">Null: nobody waits for it.</param>
    internal static void End(Activity? span, ItemOutcome? outcome)
    {
        if (span is not null && outcome?.Status is not SlotStatus.Completed)
        {
            // The error itself may hold what is secret; it stands in the run.
            span.SetStatus(ActivityStatusCode.Error, outcome?.Code ?? outcome?.Status.ToString() ?? "dropped");
        }
    }
}
