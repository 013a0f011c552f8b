using System.Collections.Immutable;
using Executor.Core.Expressions;
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

            var ending = course.Out.Where(sent => !IsLeftOpen(sent.Item, script, Named(sent.Course, sent.Item))).ToList();
            if (ending.Count > 0)
            {
                var (one, item) = ending[choose(ending.Count)];
                course.Completions++;
                var named = Named(one, item);
                if (Refusal(item, script, named) is { } no)
                {
                    return ([no], course);
                }

                var outcome = item.IsQuestion ? Answer(item, script, named, course.Now) : script.OutcomeOf(named).ToOutcome();
                new Interpreter(one).Finish(item.Slot, outcome, course.Now);
                Calls.Settle(course);
            }
            else if (!PassTime(course))
            {
                return (["rehearsal.unanswered"], course);
            }
        }
    }

    private static Slot Named(Course course, Item item) => item.Slot with { Task = course.Path + item.Slot.Task };

    /// <summary>Neither the script nor a time ends it.</summary>
    private static bool IsLeftOpen(Item item, RehearsalScript script, Slot named) => item.IsQuestion
        && script.LeavesOpen(named) && item.Visit.CallTimeout is null;

    /// <returns>Why the script's answer is none; null when it is one, or says something else.</returns>
    private static string? Refusal(Item item, RehearsalScript script, Slot named)
    {
        var said = script.AnswerOf(named, isBound: false);
        return !said.IsAnswer ? null
            : !item.IsQuestion ? "inquiry.unknown"
            : Question.Of(item.Input).Read(said.Result!).Problems.IsEmpty ? null
            : "inquiry.invalid";
    }

    /// <summary>What the script leaves unsaid is answered by the question's own default, or not in time.</summary>
    private static ItemOutcome Answer(Item item, RehearsalScript script, Slot named, DateTimeOffset now)
    {
        var scripted = script.AnswerOf(named, isBound: false);
        var said = scripted.ToOutcome();
        var question = Question.Of(item.Input);
        if (scripted.IsAnswer)
        {
            return Answered(question.Read(scripted.Result!).Response, "script", now);
        }

        var isOpen = script.LeavesOpen(named);
        return question.Default is { } written && (isOpen || said.Status == SlotStatus.Timeout)
            ? Answered(question.Read(written).Response, null, now)
            : isOpen ? ItemOutcome.Untold(SlotStatus.Timeout, "inquiry timed out", "task.timeout")
            : said;
    }

    private static ItemOutcome Answered(Value response, string? by, DateTimeOffset now) =>
        new(SlotStatus.Completed, new Value.Map(
        [
            KeyValuePair.Create("response", response), KeyValuePair.Create("responded_by", Value.Of(by)),
            KeyValuePair.Create("responded_at", Value.Of(IsoTime.Write(now))),
        ]));

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

    /// <returns>False when nothing is due.</returns>
    private static bool PassTime(Course root)
    {
        List<Course> all = [root, .. root.Courses];
        if (all.Min(course => course.NextDue) is not { } due)
        {
            return false;
        }

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

        return true;
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
