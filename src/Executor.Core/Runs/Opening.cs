using Executor.Core.Expressions;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>A visit opens: everything is rendered and checked, or it ends as failed in the same decision.</summary>
internal static class Opening
{
    public const string DefaultPool = "default";
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(300);

    public static void Open(Draft draft, TaskSpec task, int number, TaskVisit? openedBy)
    {
        if (draft.Run.IsFailing)
        {
            return;
        }

        var most = draft.Run.Limits.MaxVisits;
        if (draft.Run.OpenedCount >= most)
        {
            var message = $"The run has opened {most} visits, the most that it may; '{task.Name}' would be one more.";
            draft.AddProblem(RunCodes.TooManyVisits, message, task.Name);
            Controlling.Fail(draft);
            return;
        }

        var scope = new FrozenScope(
            draft.Run.Variables, draft.Run.Results, Inside.SeenBy(task, openedBy), draft.At);
        try
        {
            var templates = new VisitTemplates(draft.Run, task, number, scope);
            if (!templates.When())
            {
                Opened(draft, task, number, openedBy, null, null);
                Ending.Visit(draft, draft.Run.Visit(task.Name, number)!, SlotStatus.Skipped);
                return;
            }

            var (plan, delay) = templates.Plan(draft);
            if (plan is null)
            {
                return;
            }

            var waits = plan.Count > 0 && delay > TimeSpan.Zero;
            Opened(draft, task, number, openedBy, plan, waits ? draft.At + delay : null);
        }
        catch (ExpressionException failed)
        {
            Opened(draft, task, number, openedBy, null, null);
            var visit = draft.Run.Visit(task.Name, number)!;
            Ending.Visit(draft, visit, SlotStatus.Failed, Faults.Text(failed), failed.Error.Code);
            return;
        }

        Items.Fill(draft, draft.Run.Visit(task.Name, number)!.Ordinal);
    }

    private static void Opened(
        Draft draft, TaskSpec task, int number, TaskVisit? openedBy, VisitPlan? plan, DateTimeOffset? due) =>
        draft.Add(new RunEvent.VisitOpened(
            task.Name, number, openedBy?.Task.Name, openedBy?.Number ?? 0, plan, due, draft.At));
}
