using System.Diagnostics;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Telemetry;

/// <summary>The spans of a node.</summary>
public static class EngineTracing
{
    public const string Name = "Executor.Actors";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Of whoever calls, if anybody records it.</summary>
    internal static string? Caller => Activity.Current is { Recorded: true } caller ? caller.Id : null;

    /// <summary>From a command's decision to its entry being stored.</summary>
    /// <returns>Null while nobody listens; never the current one afterwards.</returns>
    internal static Activity? Decide(RunId run, RunCommand command, string? trace)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var caller = Activity.Current;
        var span = Source.StartActivity(
            $"decide {command.GetType().Name}", ActivityKind.Internal, TraceParent.Read(trace));
        Activity.Current = caller;
        span?.SetTag("executor.run", run.Text);
        if (command is RunCommand.FinishItem finish)
        {
            span?.SetTag("executor.task", finish.Slot.Task).SetTag("executor.slot", finish.Slot.ToString());
        }

        return span;
    }
}
