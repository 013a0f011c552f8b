using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Reference;

/// <summary>Begins visits. Whatever goes wrong there ends the visit as failed.</summary>
internal static class Opening
{
    /// <param name="opener">How the visit that led here ended; null for entry tasks.</param>
    public static void Open(Course course, Visit visit, Outcome? opener)
    {
        if (course.Opened.Count == course.MaxVisits)
        {
            course.Problems.Add(("run.too-many-visits", visit.Task.Name));
            Stopping.Fail(course);
            return;
        }

        visit.Opener = opener;
        visit.IsOpen = true;
        course.Opened.Add(visit);
        try
        {
            if (IsSkipped(course, visit, opener))
            {
                VisitEnd.Close(course, visit, SlotStatus.Skipped, Value.Null, null);
                return;
            }

            Prepare(course, visit, opener);
            visit.IsPrepared = true;
        }
        catch (ExpressionException wrong)
        {
            FailOpening(course, visit, wrong.Error.Code, wrong.Message);
            return;
        }
        catch (OpeningException wrong)
        {
            FailOpening(course, visit, wrong.Code, wrong.Message);
            return;
        }

        if (visit.Items.Count == 0)
        {
            VisitEnd.Close(course, visit, SlotStatus.Completed, Value.List.Empty, null);
        }
        else if (visit.Delay > TimeSpan.Zero)
        {
            visit.Due = course.Now + visit.Delay;
        }
        else
        {
            Working.Refill(course, visit);
        }
    }

    private static void FailOpening(Course course, Visit visit, string code, string why)
    {
        visit.Items.Clear();
        visit.OpeningError = code;
        VisitEnd.Close(course, visit, SlotStatus.Failed, Value.Null, why);
    }

    private static bool IsSkipped(Course course, Visit visit, Outcome? opener) =>
        visit.Task.When is { } when && !when.Evaluate(new ReferenceScope(course, visit, opener)).IsTruthy;

    private static void Prepare(Course course, Visit visit, Outcome? opener)
    {
        var task = visit.Task;
        var plain = new ReferenceScope(course, visit, opener);
        visit.Delay = Duration(task.Delay, plain);
        if (task.IsParallel)
        {
            visit.Concurrency = task.Inside.Length;
            visit.Items.AddRange(task.Inside.Select((_, index) => new Item(visit, index, "", Value.Map.Empty, workflow: null)));
            return;
        }

        var list = task.WithItems is { } items ? List(visit, items, plain) : null;
        var action = Text(task.Action, plain, "action.unknown", "action.unknown");
        var workflow = course.Root.Workflows(action);
        if (workflow is null && ActionSpec.IsFile(action))
        {
            throw new OpeningException("action.unknown");
        }

        if (workflow is not null && course.Depth == Course.MaxDepth)
        {
            throw new OpeningException("run.too-deep");
        }

        visit.Pool = task.Pool is null ? null : Text(task.Pool, plain, "expr.type", "pool.empty");
        if (task.Timeout is not null && Duration(task.Timeout, plain) == TimeSpan.Zero)
        {
            throw new OpeningException("expr.type");
        }

        visit.CallTimeout = task.Timeout is null ? null : Duration(task.Timeout, plain);
        if (list is null)
        {
            visit.Items.Add(new Item(visit, Slot.NoItem, action, Fitting(action, workflow, Input(task, plain)), workflow));
        }

        for (var index = 0; index < list?.Count; index++)
        {
            var scope = new ReferenceScope(course, visit, opener).WithItem(list[index], index, task.WithItems!.Alias);
            visit.Items.Add(new Item(visit, index, action, Fitting(action, workflow, ItemInput(task, scope)), workflow));
        }
    }

    private static Value.Map Fitting(string action, WorkflowSpec? workflow, Value.Map input)
    {
        var problems = QuestionAction.Is(action) ? Question.Check(input)
            : workflow is not null ? Inputs.Check(workflow.Parameters, input).Problems
            : [];
        return problems is [var wrong, ..] ? throw new OpeningException(wrong.Code) : input;
    }

    private static Value.List List(Visit visit, WithItemsSpec items, Scope scope)
    {
        var list = items.Items.Render(scope) as Value.List ?? throw new OpeningException("items.not-a-list");
        visit.Concurrency = items.Concurrency.Render(scope) is Value.Int { Content: >= 1 } count
            ? (int)Math.Min(count.Content, int.MaxValue)
            : throw new OpeningException("items.concurrency");
        return items.BatchSize is { } size ? Batches(list, size) : list;
    }

    private static Value.List Batches(Value.List list, int size)
    {
        var batches = new List<Value>();
        for (var first = 0; first < list.Count; first += size)
        {
            batches.Add(Value.Of(list.Skip(first).Take(size)));
        }

        return new Value.List([.. batches]);
    }

    private static string Text(Template template, Scope scope, string code, string empty) =>
        template.Render(scope) is not Value.Text text ? throw new OpeningException(code)
        : text.Content.Length > 0 ? text.Content
        : throw new OpeningException(empty);

    private static Value.Map Input(TaskSpec task, Scope scope) =>
        task.Input.Render(scope) as Value.Map ?? throw new OpeningException("expr.type");

    private static Value.Map ItemInput(TaskSpec task, Scope scope)
    {
        try
        {
            return Input(task, scope);
        }
        catch (Exception wrong) when (wrong is ExpressionException or OpeningException)
        {
            throw new OpeningException("items.render");
        }
    }

    private static TimeSpan Duration(Template? template, Scope scope)
    {
        if (template is null)
        {
            return TimeSpan.Zero;
        }

        return Durations.TryParse(template.Render(scope), out var duration) ? duration : throw new OpeningException("expr.type");
    }
}
