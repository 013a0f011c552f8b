using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>The templates of a task, rendered for one visit from what it saw when it opened.</summary>
internal sealed class VisitTemplates(RunState run, TaskSpec task, int number, FrozenScope seen)
{
    /// <summary>Of stored results that the inputs of one visit may read together: they are in memory at one time.</summary>
    private const long MostBytes = 256 << 20;

    /// <summary>What is fetched at once for inputs that are rendered one after the other anyway.</summary>
    private const long PortionBytes = 16 << 20;

    public static VisitTemplates Of(RunState run, TaskVisit visit) => new(run, visit.Task, visit.Number, visit.Scope!);

    /// <summary>What the task's own condition sees.</summary>
    public RunScope ConditionScope() => Scope("when");

    public bool When() => task.When is null || task.When.Evaluate(ConditionScope()).IsTruthy;

    /// <summary>
    /// Renders everything, all inputs included, and keeps what is short. A workflow that is called for the first time
    /// is frozen.
    /// </summary>
    /// <returns>No plan when the draft must ask first what the action is.</returns>
    /// <exception cref="ExpressionException">Something cannot be rendered, or is not what it must be.</exception>
    public (VisitPlan? Plan, TimeSpan Delay) Plan(Draft draft)
    {
        var delay = task.Delay is null ? TimeSpan.Zero : Duration(task.Delay, "delay");
        if (task.IsParallel)
        {
            return (VisitPlan.OfInside(task.Inside), delay);
        }

        var items = task.WithItems is { } with ? List(with) : null;
        var concurrency = task.WithItems is null ? 1 : Concurrency(task.WithItems);
        var action = Text(task.Action, "action", RunCodes.ActionUnknown, RunCodes.ActionUnknown);
        var isQuestion = QuestionAction.Is(action);
        if (!isQuestion && Calling.MustAsk(draft, action))
        {
            draft.Ask(action);
            return default;
        }

        var known = isQuestion ? QuestionAction.Spec : Calling.Find(run, draft.Actions, task, action);
        var pool = task.Pool is null ? known?.Pool ?? Opening.DefaultPool : Text(task.Pool, "pool", RunCodes.WrongType, RunCodes.PoolEmpty);
        var timeout = task.Timeout is null ? known?.Timeout ?? Opening.DefaultTimeout : Timeout(task.Timeout);
        var idempotent = task.Idempotent ?? known?.Idempotent ?? false;
        var plan = new VisitPlan(
            items, concurrency, action, pool, timeout, idempotent, known?.Workflow is not null, isQuestion);
        CheckInputs(plan, known);
        Calling.Freeze(draft, action, known?.Workflow);
        return (plan, delay);
    }

    /// <summary>The same whenever it is rendered.</summary>
    public Value.Map Input(VisitPlan plan, int place)
    {
        var item = plan.Items?[place];
        var scope = item is null
            ? Scope("input")
            : new RunScope(run, seen, seen.OpenedBy, $"{task.Name}/{number}/input/{place}")
            {
                Visit = (task, number),
                Item = (item, place, task.WithItems!.Alias),
            };
        return task.Input.Render(scope) as Value.Map
            ?? throw Faults.New(RunCodes.WrongType, $"The input of '{task.Name}' must be an object.", task.At);
    }

    /// <summary>For inputs that will be rendered one after the other.</summary>
    /// <exception cref="ContentMissingException">What they miss together, or as much of it as is fetched at once.</exception>
    public void Require(VisitPlan plan, IEnumerable<int> places)
    {
        var missing = new MissingContents();
        foreach (var place in places.TakeWhile(_ => missing.Bytes < PortionBytes))
        {
            missing.Gather(() => Input(plan, place));
        }

        missing.ThrowIfAny();
    }

    private void CheckInputs(VisitPlan plan, ActionSpec? known)
    {
        var missing = new MissingContents();
        for (var next = 0; next < plan.Count; next++)
        {
            var place = next;
            missing.Gather(() => CheckInput(plan, known, place));
            if (missing.Bytes > MostBytes)
            {
                var message = $"The inputs of '{task.Name}' read more than {MostBytes >> 20} MiB of stored results together.";
                throw Faults.New(RunCodes.TooLarge, message, task.At);
            }
        }

        missing.ThrowIfAny();
    }

    private void CheckInput(VisitPlan plan, ActionSpec? known, int place)
    {
        Value.Map input;
        try
        {
            input = Input(plan, place);
        }
        catch (ExpressionException failed) when (plan.Items is not null)
        {
            throw Faults.New(RunCodes.ItemsRender, $"Item {place}: {failed.Error.Message}", failed.Error.At);
        }

        if ((plan.IsQuestion ? Question.Check(input) : known?.Check(input)) is [var wrong, ..])
        {
            var item = plan.Items is null ? "" : $"Item {place}: ";
            var message = $"{item}{plan.Action} does not take this input: {wrong.Text}";
            throw Faults.New(wrong.Code, message, task.At);
        }
    }

    private Value.List List(WithItemsSpec with)
    {
        var value = with.Items.RenderOuter(Scope("items"));
        if (value is not Value.List list)
        {
            var message = $"'with_items' of '{task.Name}' must be a list, but is of type {value.Kind}.";
            throw Faults.New(RunCodes.NotAList, message, with.At);
        }

        var items = with.BatchSize is { } size ? new Value.List([.. list.Chunk(size).Select(Value.Of)]) : list;
        var most = run.Limits.MaxItems;
        var tooMany = $"'{task.Name}' has {items.Count} items; {most} are allowed.";
        return items.Count <= most ? items : throw Faults.New(RunCodes.TooManyItems, tooMany, with.At);
    }

    private int Concurrency(WithItemsSpec with)
    {
        var value = with.Concurrency.Render(Scope("concurrency"));
        if (value is Value.Int { Content: >= 1 } number)
        {
            return (int)Math.Min(number.Content, int.MaxValue);
        }

        var message = $"'concurrency' of '{task.Name}' must be an integer of at least 1, not {value}.";
        throw Faults.New(RunCodes.Concurrency, message, with.At);
    }

    private string Text(Template template, string key, string wrongType, string empty) =>
        template.Render(Scope(key)) switch
        {
            Value.Text { Content.Length: 0 } =>
                throw Faults.New(empty, $"'{key}' of '{task.Name}' must not be empty.", task.At),
            Value.Text { Content: var text } => text,
            var other => throw Faults.New(
                wrongType, $"'{key}' of '{task.Name}' must be a text, but is of type {other.Kind}.", task.At),
        };

    private TimeSpan Timeout(Template template)
    {
        var timeout = Duration(template, "timeout");
        var message = $"'timeout' of '{task.Name}' must be more than 0 seconds.";
        return timeout > TimeSpan.Zero ? timeout : throw Faults.New(RunCodes.WrongType, message, task.At);
    }

    private TimeSpan Duration(Template template, string key)
    {
        var value = template.Render(Scope(key));
        if (Durations.TryParse(value, out var duration))
        {
            return duration;
        }

        var message = $"'{key}' of '{task.Name}' must be seconds or a text such as 90s, not {value}.";
        throw Faults.New(RunCodes.WrongType, message, task.At);
    }

    private RunScope Scope(string key) =>
        new(run, seen, seen.OpenedBy, $"{task.Name}/{number}/{key}") { Visit = (task, number) };
}
