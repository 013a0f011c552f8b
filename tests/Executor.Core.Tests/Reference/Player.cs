using System.Collections.Immutable;
using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>Plays a rehearsal with the reference: completions take no time, time passes when nothing is in flight.</summary>
internal static class Player
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>The refusing codes, or none and how the run went.</returns>
    public static (ImmutableArray<string> Refused, Course Course) Play(
        WorkflowSpec workflow, RehearsalScript script, RunLimits limits)
    {
        var course = new Course(workflow, new RunId("rehearsal"), limits.MaxVisits, Start);
        var interpreter = new Interpreter(course);
        var refused = interpreter.Start(script.Inputs);
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
                interpreter.Cancel(course.Now);
                EndRunning(interpreter);
            }

            if (course.HasEnded)
            {
                return ([], course);
            }

            if (course.InFlight.Count > 0)
            {
                var slot = course.InFlight[choose(course.InFlight.Count)].Slot;
                course.Completions++;
                interpreter.Finish(slot, script.OutcomeOf(slot), course.Now);
            }
            else
            {
                var due = course.NextDue ?? throw new InvalidOperationException("Nothing is in flight and nothing due.");
                interpreter.TimeUp(due > course.Now ? due : course.Now);
            }
        }
    }

    /// <summary>What is asked to stop stops at once; that is no completion.</summary>
    private static void EndRunning(Interpreter interpreter)
    {
        var course = interpreter.Course;
        if (course.Workflow.CancellationPolicy == CancellationPolicy.CancelRunning)
        {
            foreach (var item in course.InFlight.ToList())
            {
                interpreter.Finish(item.Slot, new ItemOutcome(SlotStatus.Cancelled, Value.Null), course.Now);
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
