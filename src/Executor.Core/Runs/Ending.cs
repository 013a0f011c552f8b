using Executor.Core.Expressions;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>The ends of visits, and of the run when the last of them has ended.</summary>
internal static class Ending
{
    public static void Visit(
        Draft draft, TaskVisit visit, SlotStatus status, string? error = null, string? code = null)
    {
        draft.Add(new RunEvent.VisitEnded(visit.Task.Name, visit.Number, status, error, code, draft.At));
        draft.FollowLater(visit);
    }

    public static void VisitIfDone(Draft draft, TaskVisit visit)
    {
        if (visit.IsOpen && visit.InUse == 0 && visit.Next == visit.Planned)
        {
            var (status, error, code) = VisitEnds.Of(visit, draft.Run);
            Visit(draft, visit, status, error, code);
        }
    }

    public static void RunIfDone(Draft draft)
    {
        if (draft.Run.HasEnded || draft.Run.HoldsBack || !draft.Run.OpenVisits.IsEmpty)
        {
            return;
        }

        if (!draft.Run.IsFailing && !draft.Run.IsStopping)
        {
            FindUnreachableJoins(draft);
        }

        // The output of a run that was given up could be what cannot be written.
        var output = GivingUp.IsGivenUp(draft.Run) ? Value.Map.Empty : Output(draft);
        var status = StatusOf(draft.Run);
        draft.Add(new RunEvent.RunEnded(status, output, RunErrors.Of(draft.Run, status), draft.At));
    }

    private static RunStatus StatusOf(RunState run) =>
        run.HasTimedOut ? RunStatus.Timeout
        : run.IsStopping ? RunStatus.Cancelled
        : run.IsFailing || run.Problems.Any(problem => !problem.IsWarning) ? RunStatus.Failed
        : RunStatus.Completed;

    private static void FindUnreachableJoins(Draft draft)
    {
        var run = draft.Run;
        foreach (var ordinal in run.WaitingRounds.OrderBy(ordinal => run.Visits[ordinal]!.Task.Order))
        {
            var round = run.Visits[ordinal]!;
            var inbound = run.Graph!.Inbound(round.Task.Name).ToList();
            var arrived = inbound.Where(task => round.Sources.Contains(task.Order)).Select(task => task.Name);
            var missing = inbound.Where(task => !round.Sources.Contains(task.Order)).Select(task => task.Name);
            var message = $"Join '{round.Task.Name}' waits for {run.Graph.Needed(round.Task)} tasks;"
                + $" arrived: {string.Join(", ", arrived)}; missing: {string.Join(", ", missing)}.";
            draft.AddProblem(RunCodes.JoinUnreachable, message, round.Task.Name, round.Number);
        }
    }

    private static Value.Map Output(Draft draft)
    {
        var (output, missing) = (Value.Map.Empty, new MissingContents());
        foreach (var (name, template, _) in draft.Run.Workflow!.Output ?? [])
        {
            try
            {
                var scope = RunScope.OfRun(draft.Run, draft.Run.Variables, draft.At, $"output/{name}");
                missing.Gather(() => output = output.With(name, template.Render(scope)));
            }
            catch (ExpressionException failed)
            {
                draft.AddProblem(RunCodes.OutputError, $"Output '{name}': {Faults.Text(failed)}", isWarning: true);
            }
        }

        missing.ThrowIfAny();
        return output;
    }
}
