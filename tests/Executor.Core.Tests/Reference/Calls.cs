using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>Tasks that call workflows: each attempt is a course of its own.</summary>
internal static class Calls
{
    public static void Begin(Course caller, Item item, WorkflowSpec workflow)
    {
        var course = item.Called = new Course(workflow, caller, item);
        caller.Root.Courses.Add(course);
        var refused = new Interpreter(course).Start(item.Input);
        if (!refused.IsEmpty)
        {
            course.Status = RunStatus.Failed;
            Return(course);
        }
    }

    /// <summary>Its caller hears of the end later: first everything that was decided goes out.</summary>
    public static void Return(Course ended)
    {
        if (ended.Caller is { } caller)
        {
            ended.Root.Ends.Enqueue((caller, ended.CalledBy!, OutcomeOf(ended)));
        }
    }

    /// <summary>A course that stops lets what it has called stop; what runs stops only when that is wanted.</summary>
    public static void Stop(Course course, bool stopRunning)
    {
        foreach (var item in course.InFlight.ToList())
        {
            if (item.Called is { HasEnded: false } called)
            {
                var before = called.IsCancelled || called.IsTimedOut;
                new Interpreter(called).Cancel(course.Now);
                if (!before || stopRunning)
                {
                    Stop(called, stopRunning || called.Workflow.CancellationPolicy == CancellationPolicy.CancelRunning);
                }
            }
            else if (stopRunning && item.Called is null && course.Root.Out.Remove((course, item)))
            {
                course.Root.Ends.Enqueue((course, item, new ItemOutcome(SlotStatus.Cancelled, Value.Null)));
            }
        }
    }

    /// <summary>What was told of ends is heard, and what comes of it.</summary>
    public static void Settle(Course root)
    {
        while (root.Ends.TryDequeue(out var end))
        {
            new Interpreter(end.Course).Finish(end.Item.Slot, end.Outcome, root.Now);
        }
    }

    private static ItemOutcome OutcomeOf(Course ended) => ended.Status switch
    {
        RunStatus.Completed => new ItemOutcome(SlotStatus.Completed, ended.Output),
        RunStatus.Failed => Bad(SlotStatus.Failed, "failed", "causes", Value.List.Empty),
        RunStatus.Timeout => Bad(SlotStatus.Timeout, "timed out", "timed_out", Value.True),
        _ => Bad(SlotStatus.Cancelled, "cancelled"),
    };

    private static ItemOutcome Bad(SlotStatus status, string word, string? key = null, Value? value = null)
    {
        var error = $"Workflow {word}";
        var result = Value.Map.Empty.With("error", Value.Of(error)).With("succeeded", Value.False);
        return new ItemOutcome(status, key is null ? result : result.With(key, value!), error);
    }
}
