using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>After the end of a visit: every transition that matches fires, in written order.</summary>
internal static class Transitions
{
    private const string FailCommand = "fail";
    internal const string RetryCommand = "retry";

    /// <returns>One of the targets, if there was one, takes care of what the visit has come to.</returns>
    public static bool Follow(Draft draft, TaskVisit visit)
    {
        if (draft.Run.IsStopping)
        {
            return false;
        }

        var outcome = VisitResults.Outcome(visit);
        var (handled, retry, chosen) = (false, false, false);
        for (var place = 0; place < visit.Task.Next.Length && !draft.Run.IsFailing; place++)
        {
            var next = visit.Task.Next[place];
            chosen &= next.IsElse;
            if (chosen || !Matches(draft, visit, outcome, place) || !Publishing.Publish(draft, visit, outcome, place))
            {
                continue;
            }

            chosen = true;
            foreach (var target in next.Do.TakeWhile(_ => !draft.Run.IsFailing))
            {
                Enter(draft, visit, target);
                retry |= target == RetryCommand;
                handled |= target is not (RetryCommand or FailCommand);
            }
        }

        handled |= retry && Retrying.Repeat(draft, visit);
        if (IsFailure(visit.Status) && !handled && visit.Task.Parent is null)
        {
            AddUnhandled(draft, visit);
        }

        return handled;
    }

    public static bool IsFailure(SlotStatus status) =>
        status is SlotStatus.Failed or SlotStatus.Timeout or SlotStatus.Abandoned or SlotStatus.Cancelled;

    /// <summary>What the condition of a transition sees after the end of its visit.</summary>
    public static RunScope ConditionScope(RunState run, TaskVisit visit, int place) => ScopeOf(
        run, visit.EndedAt!.Value, visit, VisitResults.Outcome(visit), run.Variables, ConditionPlace(place));

    public static RunScope ScopeOf(
        RunState run, DateTimeOffset at, TaskVisit visit, Outcome outcome, Value.Map variables, string place) =>
        new(
            run,
            new FrozenScope(variables, run.Results, null, at),
            outcome,
            $"{visit.Task.Name}/{visit.Number}/{visit.Retries}/{place}")
        {
            Visit = (visit.Task, visit.Number),
        };

    private static string ConditionPlace(int place) => $"next/{place}/when";

    private static bool Matches(Draft draft, TaskVisit visit, Outcome outcome, int place)
    {
        if (visit.Task.Next[place].When is not { } when)
        {
            return true;
        }

        try
        {
            var scope = ScopeOf(draft.Run, draft.At, visit, outcome, draft.Run.Variables, ConditionPlace(place));
            return when.Evaluate(scope).IsTruthy;
        }
        catch (ExpressionException failed)
        {
            var (line, column) = failed.Error.At;
            var (task, number) = (visit.Task.Name, visit.Number);
            draft.Add(new RunEvent.ConditionFailed(
                task, number, place, when.Source, failed.Error.Code, failed.Error.Message, line, column));
            if (!IsFailure(visit.Status))
            {
                var message = $"Condition of '{task}': {Faults.Text(failed)}";
                draft.AddProblem(RunCodes.ConditionError, message, task, number);
            }

            return false;
        }
    }

    private static void Enter(Draft draft, TaskVisit visit, string target)
    {
        if (target == FailCommand)
        {
            var task = visit.Task.Name;
            draft.AddProblem(RunCodes.FailedByCommand, $"A transition of '{task}' said 'fail'.", task, visit.Number);
            Controlling.Fail(draft);
        }
        else if (draft.Run.Graph!.Target(visit.Task, target) is { } task)
        {
            Joins.Arrive(draft, visit, task);
        }
    }

    private static void AddUnhandled(Draft draft, TaskVisit visit)
    {
        var code = visit.Code ?? visit.Status switch
        {
            SlotStatus.Timeout => RunCodes.TaskTimeout,
            SlotStatus.Abandoned => RunCodes.TaskAbandoned,
            SlotStatus.Cancelled => RunCodes.TaskCancelled,
            _ => RunCodes.TaskFailed,
        };
        var error = visit.Error is null ? "." : $": {visit.Error}";
        var message = $"Task '{visit.Task.Name}' ended {StatusWords.Of(visit.Status)}{error}";
        if (Causes.Deepest(draft.Run, visit) is { } deepest
            && !message.Contains(deepest.TrimEnd('.'), StringComparison.Ordinal))
        {
            message = $"{message.TrimEnd('.')}. At the bottom of it: {deepest}";
        }

        draft.Add(new RunEvent.ProblemFound(
            new RunProblem(code, message, visit.Task.Name, IsUnhandledTask: true), visit.Number));
    }
}
