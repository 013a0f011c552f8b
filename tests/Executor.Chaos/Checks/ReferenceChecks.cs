using Executor.Chaos.Evidences;
using Executor.Core.Runs;
using Executor.Core.Tests.Reference;
using Executor.Core.Values;

namespace Executor.Chaos.Checks;

/// <summary>
/// The second interpreter is told what came from outside, in the order of the journal: it must dispatch the same, in the
/// same order, and end in the same way.
/// </summary>
internal static class ReferenceChecks
{
    public static IEnumerable<string> SameAsReference(Evidence evidence)
    {
        foreach (var journal in evidence.Journals)
        {
            var events = journal.Events.Select(one => one.Event).ToList();
            if (events.FirstOrDefault() is not RunEvent.RunStarted started
                || events.OfType<RunEvent.RunEnded>().FirstOrDefault() is not { } ended)
            {
                continue;
            }

            var course = new Course(started.Workflow, journal.Run, started.Limits.MaxVisits, started.At);
            var interpreter = new Interpreter(course);
            interpreter.Start(started.Inputs);
            events.ForEach(happened => Tell(interpreter, happened));
            var state = journal.StateAt(long.MaxValue);
            var there = events.OfType<RunEvent.Dispatched>().Select(sent => Line(sent.Slot, sent.Input))
                .Concat(events.OfType<RunEvent.VisitOpened>().Select(opened => Line(opened.Task, opened.Visit, state.Visit(opened.Task, opened.Visit)!.Status)))
                .Concat([$"{ended.Status}", $"output {ended.Output}", $"variables {state.Variables}"]);
            var here = course.Dispatches.Select(sent => Line(sent.Slot, sent.Input))
                .Concat(course.Opened.Select(visit => Line(visit.Task.Name, visit.Number, visit.Status)))
                .Concat([$"{course.Status}", $"output {course.Output}", $"variables {course.Variables}"]);
            if (Difference([.. there], [.. here]) is { } difference)
            {
                yield return $"{journal.Run} ({started.Workflow.Ref}): {difference}";
            }
        }
    }

    private static void Tell(Interpreter interpreter, RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.ItemFinished finished:
                interpreter.Finish(finished.Slot, finished.Outcome, finished.At);
                break;
            case RunEvent.CancelRequested cancel:
                interpreter.Cancel(cancel.At);
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
            default:
                break;
        }
    }

    private static string? Difference(List<string> there, List<string> here)
    {
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

    private static string Line(string task, int visit, SlotStatus status) => $"visit {task}/{visit} {status}";
}
