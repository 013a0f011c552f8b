using Executor.Core.Runs;
using Executor.Core.Tests.Reference;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Values;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>
/// What came from outside, as the journal has it, is told to the reference: it must dispatch the same, in the same
/// order, and end in the same way.
/// </summary>
internal static class ReferenceCheck
{
    public static void Check(World world, RunState run)
    {
        var events = world.Journal.After(0).SelectMany(row => row.Events).ToList();
        if (events.OfType<RunEvent.RunEnded>().SingleOrDefault() is not { } ended
            || events[0] is not RunEvent.RunStarted started)
        {
            return;
        }

        var course = new Course(started.Workflow, world.Run, started.Limits.MaxVisits, started.At);
        var interpreter = new Interpreter(course);
        interpreter.Start(started.Inputs);
        events.ForEach(happened => Tell(interpreter, happened));
        Compare(world, events.OfType<RunEvent.Dispatched>().Select(Line), course.Dispatches.Select(sent => Line(sent.Slot, sent.Input)));
        Compare(
            world,
            events.OfType<RunEvent.VisitOpened>().Select(opened => Line(opened.Task, opened.Visit, run.Visit(opened.Task, opened.Visit)!.Status)),
            course.Opened.Select(visit => Line(visit.Task.Name, visit.Number, visit.Status)));
        Compare(
            world,
            [$"{ended.Status}", $"output {ended.Output}", $"variables {run.Variables}"],
            [$"{course.Status}", $"output {course.Output}", $"variables {course.Variables}"]);
    }

    private static void Tell(Interpreter interpreter, RunEvent happened)
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

    private static void Compare(World world, IEnumerable<string> production, IEnumerable<string> reference)
    {
        var (there, here) = (production.ToList(), reference.ToList());
        for (var line = 0; line < Math.Max(there.Count, here.Count); line++)
        {
            var told = there.ElementAtOrDefault(line) ?? "nothing";
            var expected = here.ElementAtOrDefault(line) ?? "nothing";
            if (told != expected)
            {
                world.Checks.Break("I13", $"{told}, where the reference has {expected}");
                return;
            }
        }
    }

    private static string Line(RunEvent.Dispatched sent) => Line(sent.Slot, sent.Input);

    private static string Line(Slot slot, Value input) => $"dispatch {slot} {input}";

    private static string Line(string task, int visit, SlotStatus status) => $"visit {task}/{visit} {status}";
}
