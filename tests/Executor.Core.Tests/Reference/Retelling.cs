using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Reference;

/// <summary>
/// What came from outside, as a journal has it, is told to the reference: it must dispatch the same, in the same order,
/// and end in the same way.
/// </summary>
internal static class Retelling
{
    /// <param name="events">The whole journal.</param>
    /// <param name="state">What it leads to.</param>
    /// <returns>The first difference; null when there is none, or the run has not ended.</returns>
    public static string? Difference(IReadOnlyList<RunEvent> events, RunState state)
    {
        if (events.OfType<RunEvent.RunEnded>().FirstOrDefault() is not { } ended
            || events[0] is not RunEvent.RunStarted started)
        {
            return null;
        }

        if (events.Any(happened => happened is RunEvent.VisitKept))
        {
            // The reference knows no reruns of parts; that these go as if all had run again is checked elsewhere.
            return null;
        }

        if (started.Parent is not null && !events.OfType<RunEvent.VisitOpened>().Any())
        {
            return OfNeverBegun(events, ended);
        }

        var course = new Course(started.Workflow, state.Id, started.Limits.MaxVisits, started.At)
        {
            Workflows = events.OfType<RunEvent.WorkflowFrozen>().ToDictionary(one => one.Action, one => one.Workflow)
                .GetValueOrDefault,
        };
        var interpreter = new Interpreter(course);
        interpreter.Start(started.Inputs);
        foreach (var happened in events)
        {
            Tell(interpreter, happened, started.Due);
        }

        var sent = events.OfType<RunEvent.Dispatched>().ToList();
        return FirstDifference(
                sent.Select(one => Line(one.Slot, one.Input)),
                course.Dispatches.Select(one => Line(one.Slot, one.Input)))
            ?? FirstDifference(
                sent.Zip(course.Terms, (one, said) => Line(
                    one, said.Pool is null ? null : one.Pool, said.Timeout is null ? null : one.Timeout)),
                sent.Zip(course.Terms, (one, said) => Line(one, said.Pool, said.Timeout)))
            ?? FirstDifference(
                events.OfType<RunEvent.VisitOpened>()
                    .Select(opened => Line(opened.Task, opened.Visit, state.Visit(opened.Task, opened.Visit)!.Status)),
                course.Opened.Select(visit => Line(visit.Task.Name, visit.Number, visit.Status)))
            ?? FirstDifference(
                [$"{ended.Status}", $"output {ended.Output}", $"variables {state.Variables}"],
                [$"{course.Status}", $"output {course.Output}", $"variables {course.Variables}"]);
    }

    /// <summary>Called when its caller wanted it no more, or with inputs that it does not take.</summary>
    private static string? OfNeverBegun(IReadOnlyList<RunEvent> events, RunEvent.RunEnded ended)
    {
        var expected = events.OfType<RunEvent.CancelRequested>().Any() ? RunStatus.Cancelled
            : events.OfType<RunEvent.RunTimedOut>().Any() ? RunStatus.Timeout
            : RunStatus.Failed;
        return FirstDifference(
            events.OfType<RunEvent.Dispatched>().Select(sent => Line(sent.Slot, sent.Input)).Append($"{ended.Status}"),
            [$"{expected}"]);
    }

    /// <param name="due">When the run times out; null when it never does.</param>
    private static void Tell(Interpreter interpreter, RunEvent happened, DateTimeOffset? due)
    {
        switch (happened)
        {
            case RunEvent.ItemFinished finished:
                interpreter.Finish(finished.Slot, finished.Outcome, finished.At);
                break;
            case RunEvent.ProblemFound { Problem.Code: RunCodes.Unwritable }:
                interpreter.GiveUp();
                break;
            case RunEvent.CancelRequested cancel:
                interpreter.Cancel(cancel.At);
                break;
            case RunEvent.PauseRequested:
                interpreter.Pause();
                break;
            case RunEvent.RunResumed resumed:
                interpreter.Resume(resumed.At, isTimeUp: due <= resumed.At);
                break;
            case RunEvent.RunTimedOut timedOut:
                interpreter.TimeOut(timedOut.At);
                break;
            case RunEvent.DelayEnded delay:
                interpreter.EndDelay(delay.Task, delay.Visit, interpreter.Course.Now);
                break;
            case RunEvent.Dispatched dispatched:
                interpreter.EndWait(dispatched.Slot, dispatched.At);
                break;
            case RunEvent.Held held:
                interpreter.EndWait(held.Slot, interpreter.Course.Now);
                break;
            default:
                break;
        }
    }

    private static string? FirstDifference(IEnumerable<string> production, IEnumerable<string> reference)
    {
        var (there, here) = (production.ToList(), reference.ToList());
        for (var line = 0; line < Math.Max(there.Count, here.Count); line++)
        {
            var told = there.ElementAtOrDefault(line) ?? "nothing";
            var expected = here.ElementAtOrDefault(line) ?? "nothing";
            if (told != expected)
            {
                return $"{told}, where the reference has {expected}";
            }
        }

        return null;
    }

    private static string Line(Slot slot, Value input) => $"dispatch {slot} {input}";

    /// <param name="pool">Null, as the timeout: the task says nothing, and the action decides, which is not known here.</param>
    private static string Line(RunEvent.Dispatched sent, string? pool, TimeSpan? timeout) => $"terms {sent.Slot} {pool} {timeout}";

    private static string Line(string task, int visit, SlotStatus status) => $"visit {task}/{visit} {status}";
}
