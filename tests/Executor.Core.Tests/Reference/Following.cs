using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>Follows the transitions of an ended visit.</summary>
internal static class Following
{
    private const int MostCommanded = 3;

    public static void Follow(Course course, Visit visit)
    {
        var handled = !course.IsCancelled && !course.IsTimedOut && Goes(course, visit);
        Parallel.Leave(course, visit, handled);
    }

    /// <returns>Whether what the visit has come to is taken care of.</returns>
    private static bool Goes(Course course, Visit visit)
    {
        var entered = new List<string>();
        var isDecided = false;
        foreach (var transition in visit.Task.Next)
        {
            if (!transition.IsElse)
            {
                isDecided = false;
            }

            if (!course.IsFailing && !isDecided && Fires(course, visit, transition) && Publishes(course, visit, transition))
            {
                isDecided = true;
                Enter(course, visit, transition, entered);
            }
        }

        var handled = entered.Exists(target => target is not ("retry" or "fail"));
        handled |= entered.Contains("retry") && !course.IsFailing && Repeats(course, visit);
        if (visit.EndedBadly && !handled && visit.PlaceInside is null)
        {
            course.Problems.Add((visit.OpeningError ?? Code(visit.Status), visit.Task.Name));
            course.IsSpoilt = true;
        }

        return handled;
    }

    private static string Code(SlotStatus status) => status switch
    {
        SlotStatus.Timeout => "task.timeout",
        SlotStatus.Abandoned => "task.abandoned",
        SlotStatus.Cancelled => "task.cancelled",
        _ => "task.failed",
    };

    private static bool Fires(Course course, Visit visit, TransitionSpec transition)
    {
        try
        {
            return transition.When?.Evaluate(new ReferenceScope(course, visit, visit.Outcome)).IsTruthy ?? true;
        }
        catch (ExpressionException)
        {
            if (!visit.EndedBadly)
            {
                course.Problems.Add(("condition.error", visit.Task.Name));
                course.IsSpoilt = true;
            }

            return false;
        }
    }

    /// <summary>All or nothing.</summary>
    private static bool Publishes(Course course, Visit visit, TransitionSpec transition)
    {
        var before = course.Variables;
        try
        {
            foreach (var publication in transition.Publish)
            {
                var value = publication.Template?.Render(new ReferenceScope(course, visit, visit.Outcome)) ?? visit.Outcome!.Result;
                course.Variables = course.Variables.With(publication.Name, value);
            }

            return true;
        }
        catch (ExpressionException)
        {
            course.Variables = before;
            course.Problems.Add(("publish.error", visit.Task.Name));
            Stopping.Fail(course);
            return false;
        }
    }

    /// <summary>The command <c>retry</c> acts when all transitions have been followed.</summary>
    private static void Enter(Course course, Visit visit, TransitionSpec transition, List<string> entered)
    {
        foreach (var target in transition.Do)
        {
            if (course.IsFailing)
            {
                return;
            }

            if (target == "fail")
            {
                course.Problems.Add(("run.failed-by-command", visit.Task.Name));
                Stopping.Fail(course);
            }
            else if (!entered.Contains(target) && course.Workflow.Graph.Find(target) is { Parent: null } task)
            {
                Arrive(course, visit, task);
            }

            entered.Add(target);
        }
    }

    private static void Arrive(Course course, Visit from, TaskSpec target)
    {
        var rounds = course.Rounds[target.Name];
        var round = rounds.Find(round => !round.Sources.Contains(from.Task.Name) && !round.IsSelfOrAncestorOf(from));
        if (round is null)
        {
            round = new Visit(target, rounds.Count + 1);
            rounds.Add(round);
        }

        round.Sources.Add(from.Task.Name);
        round.Parents.Add(from);
        if (!round.IsOpen && round.Sources.Count >= course.Workflow.Graph.Needed(target))
        {
            Opening.Open(course, round, from.Outcome);
        }
    }

    /// <summary>The command <c>retry</c>: another attempt, of the items that ended badly where there are items.</summary>
    private static bool Repeats(Course course, Visit visit)
    {
        var items = visit.Items.Where(item => !visit.HasItems || item.EndedBadly).ToList();
        if (items.Count == 0 || visit.Commanded >= (visit.Task.Retry?.Count ?? MostCommanded))
        {
            return false;
        }

        visit.Commanded++;
        visit.HasEnded = false;
        visit.Status = SlotStatus.Running;
        items.ForEach(item => item.Stage = ItemStage.NotStarted);
        Working.Refill(course, visit);
        return true;
    }
}
