using System.Collections.Immutable;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>Plays a rehearsal with the reference: completions take no time, time passes when nothing is in flight.</summary>
internal static class Player
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>The refusing codes, or none and how the run went.</returns>
    public static (ImmutableArray<string> Refused, Course Course) Play(
        WorkflowSpec workflow, RehearsalScript script, RunLimits limits, Func<string, WorkflowSpec?> workflows)
    {
        var course = new Course(workflow, new RunId("rehearsal"), limits.MaxVisits, Start)
        {
            Script = script,
            Workflows = workflows,
        };
        var interpreter = new Interpreter(course);
        var refused = interpreter.Start(script.Inputs);
        Calls.Settle(course);
        if (!refused.IsEmpty)
        {
            return (refused, course);
        }

        var choose = Chooser(script.Order);
        var cancels = new Queue<int>(script.Controls.Select(control => control.After));
        while (true)
        {
            while (cancels.TryPeek(out var after) && after <= course.Completions)
            {
                cancels.Dequeue();
                Cancel(interpreter);
            }

            if (course.HasEnded)
            {
                return ([], course);
            }

            if (course.Out.Count > 0)
            {
                var (one, item) = course.Out[choose(course.Out.Count)];
                course.Completions++;
                var outcome = script.OutcomeOf(item.Slot with { Task = one.Path + item.Slot.Task });
                new Interpreter(one).Finish(item.Slot, outcome, course.Now);
                Calls.Settle(course);
            }
            else
            {
                PassTime(course);
            }
        }
    }

    /// <summary>What is asked to stop stops at once; that is no completion.</summary>
    private static void Cancel(Interpreter interpreter)
    {
        var course = interpreter.Course;
        if (!course.IsCancelled && !course.IsTimedOut && !course.HasEnded)
        {
            interpreter.Cancel(course.Now);
            Calls.Stop(course, course.Workflow.CancellationPolicy == CancellationPolicy.CancelRunning);
            Calls.Settle(course);
        }
    }

    private static void PassTime(Course root)
    {
        List<Course> all = [root, .. root.Courses];
        var due = all.Min(course => course.NextDue)
            ?? throw new InvalidOperationException("Nothing is in flight and nothing due.");
        root.Now = due > root.Now ? due : root.Now;
        foreach (var course in all.Where(course => course.NextDue <= root.Now).ToList())
        {
            if (course.NextDue <= root.Now)
            {
                var timedOut = course.IsTimedOut;
                new Interpreter(course).TimeUp(root.Now);
                if (course.IsTimedOut && !timedOut)
                {
                    Calls.Stop(course, stopRunning: true);
                }

                Calls.Settle(root);
            }
        }
    }

    private static Func<int, int> Chooser(DeliveryOrder order)
    {
        switch (order)
        {
            case DeliveryOrder.Fifo:
                return _ => 0;
            case DeliveryOrder.Lifo:
                return count => count - 1;
            case DeliveryOrder.Shuffle shuffle:
                return new Dice((ulong)shuffle.Seed).Below;
            default:
                throw new NotSupportedException($"The order {order} is not played.");
        }
    }
}
