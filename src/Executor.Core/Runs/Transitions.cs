using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>After the end of a visit: every transition that matches fires, in written order.</summary>
internal static class Transitions
{
    public static void Follow(Draft draft, TaskVisit visit)
    {
        if (draft.Run.IsStopping)
        {
            return;
        }

        var outcome = VisitResults.Outcome(visit);
        var (handled, retry) = (false, false);
        for (var place = 0; place < visit.Task.Next.Length && !draft.Run.IsFailing; place++)
        {
            if (Matches(draft, visit, outcome, place) && Publishing.Publish(draft, visit, outcome, place))
            {
                foreach (var target in visit.Task.Next[place].Do)
                {
                    if (target == "fail")
                    {
                        draft.AddProblem(
                            "run.failed-by-command", $"A transition of '{visit.Task.Name}' said 'fail'.", visit.Task.Name,
                            visit.Number);
                        Controlling.Fail(draft);
                        break;
                    }

                    retry |= target == "retry";
                    handled |= target != "retry";
                    if (draft.Run.Graph![target] is { } task)
                    {
                        Joins.Arrive(draft, visit, task);
                    }
                }
            }
        }

        handled |= retry && Repeat(draft, visit);
        if (IsFailure(visit.Status) && !handled)
        {
            Unhandled(draft, visit);
        }
    }

    public static bool IsFailure(SlotStatus status) =>
        status is SlotStatus.Failed or SlotStatus.Timeout or SlotStatus.Abandoned or SlotStatus.Cancelled;

    private static bool Matches(Draft draft, TaskVisit visit, Outcome outcome, int place)
    {
        if (visit.Task.Next[place].When is not { } when)
        {
            return true;
        }

        try
        {
            return when.Evaluate(ScopeOf(draft, visit, outcome, draft.Run.Variables, $"next/{place}/when")).IsTruthy;
        }
        catch (ExpressionException failed)
        {
            var (line, column) = failed.Error.At;
            draft.Add(new RunEvent.ConditionFailed(
                visit.Task.Name, visit.Number, place, when.Source, failed.Error.Code, failed.Error.Message, line, column));
            if (!IsFailure(visit.Status))
            {
                draft.AddProblem(
                    "condition.error", $"Condition of '{visit.Task.Name}': {Faults.Text(failed)}", visit.Task.Name,
                    visit.Number);
            }

            return false;
        }
    }

    public static RunScope ScopeOf(
        Draft draft, TaskVisit visit, Outcome outcome, Value.Map variables, string place) =>
        new(
            draft.Run,
            new FrozenScope(variables, draft.Run.Results, null, draft.At),
            outcome,
            $"{visit.Task.Name}/{visit.Number}/{visit.Retries}/{place}")
        {
            Visit = (visit.Task, visit.Number),
        };

    private const int RetriesWithoutSpec = 3;

    /// <summary>The engine command <c>retry</c>.</summary>
    /// <returns>False when there is nothing to repeat, or it was repeated often enough.</returns>
    private static bool Repeat(Draft draft, TaskVisit visit)
    {
        var most = visit.Task.Retry?.Count ?? RetriesWithoutSpec;
        if (draft.Run.IsFailing || visit.Plan is null || visit.Retries >= most)
        {
            return false;
        }

        var places = Enumerable.Range(0, visit.Plan.Count)
            .Where(place => !visit.HasItems || visit.Items[place] is { } item && IsFailure(item.Status));
        draft.Add(new RunEvent.VisitRetried(
            visit.Task.Name, visit.Number, [.. places.Select(place => visit.HasItems ? place : Slot.NoItem)], draft.At));
        Items.Fill(draft, visit.Ordinal);
        return true;
    }

    private static void Unhandled(Draft draft, TaskVisit visit)
    {
        var code = visit.Code ?? visit.Status switch
        {
            SlotStatus.Timeout => "task.timeout",
            SlotStatus.Abandoned => "task.abandoned",
            _ => "task.failed",
        };
        var error = visit.Error is null ? "." : $": {visit.Error}";
        draft.AddProblem(
            code, $"Task '{visit.Task.Name}' ended {StatusWords.Of(visit.Status)}{error}", visit.Task.Name, visit.Number);
    }
}
