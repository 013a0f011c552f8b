using Executor.Core.Rehearsing;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Rehearsal;

/// <summary>What a rehearsed run gets: inputs, results of its tasks, and the order in which they come.</summary>
/// <remarks>Immutable: each method gives a new script, so a common beginning may be shared by several tests.</remarks>
public sealed class ScriptedRun
{
    private readonly WorkflowSpec _workflow;
    private readonly RehearsalScript _script;
    private readonly Func<string, WorkflowSpec?> _called;
    private readonly TaskNames _names;

    private ScriptedRun(WorkflowSpec workflow, RehearsalScript script, Func<string, WorkflowSpec?> called)
    {
        _workflow = workflow;
        _script = script;
        _called = called;
        _names = new TaskNames(workflow, called);
    }

    /// <summary>A value for a parameter of the workflow.</summary>
    /// <param name="value">Anything that JSON can say: texts, numbers, lists, dictionaries, anonymous objects.</param>
    public ScriptedRun Input(string name, object? value) =>
        With(_script with { Inputs = _script.Inputs.With(name, Json.Value(value)) });

    /// <summary>Takes over inputs, results, order, controls and <c>expect</c> of a script for <c>executor rehearse</c>.</summary>
    /// <param name="script">Its text, YAML or JSON; it takes the place of all that was said before.</param>
    /// <exception cref="WorkflowRefusedException">The script has mistakes; all of them are in the message.</exception>
    public ScriptedRun From(string script)
    {
        var reading = ScriptReader.Read(script, _workflow, _called);
        return reading.Script is { } read ? With(read) : throw new WorkflowRefusedException("script", reading.Problems);
    }

    /// <summary>Where the next word says how attempts end. What is left out stands for all.</summary>
    /// <param name="task">A task of the workflow; <c>call/task</c> is one of the workflow that <c>call</c> calls.</param>
    /// <param name="visit">Which time the run enters the task, from 1; loops make several.</param>
    /// <param name="item">Index of an element of <c>with_items</c>, from 0.</param>
    /// <param name="attempt">1 for the first try, 2 for its first repetition, and so on.</param>
    /// <returns>Say how it ends: <c>.Succeeds(...)</c>, <c>.Fails(...)</c> and others.</returns>
    /// <exception cref="ArgumentException">The workflow has no such task, or the task has no items.</exception>
    public ScriptedPlace On(string task, int? visit = null, int? item = null, int? attempt = null) =>
        item is not null && _names.Find(Known(task)) is { WithItems: null }
            ? throw new ArgumentException($"'{task}' has no items.", nameof(item))
            : new ScriptedPlace(this, Known(task), visit, item, attempt);

    /// <summary>All attempts of which the script does not speak end with this result, successfully.</summary>
    public ScriptedRun OthersSucceed(object? result) =>
        With(_script with { Default = ScriptedOutcome.Succeeded with { Result = Json.Value(result) } });

    /// <summary>
    /// Results come in this order: of those that are in flight, the one that is listed first. Where none is listed, first
    /// in, first out.
    /// </summary>
    /// <param name="places">A task, its visit (from 1) and its item (from 0; null without items).</param>
    public ScriptedRun InOrder(params (string Task, int Visit, int? Item)[] places) => With(_script with
    {
        Order = new DeliveryOrder.Listed(
            [.. places.Select(one => new DeliveryOrder.Place(Known(one.Task), one.Visit, one.Item ?? Slot.NoItem))]),
    });

    /// <summary>As <see cref="InOrder(ValueTuple{string, int, int?}[])"/>, for first visits of tasks without items.</summary>
    public ScriptedRun InOrder(params string[] tasks) =>
        InOrder([.. tasks.Select(task => (task, 1, (int?)null))]);

    /// <summary>The result of what was dispatched last comes first.</summary>
    public ScriptedRun LatestFirst() => With(_script with { Order = new DeliveryOrder.Lifo() });

    /// <summary>Results come in any order, the same for the same seed on every machine.</summary>
    public ScriptedRun Shuffled(long seed) => With(_script with { Order = new DeliveryOrder.Shuffle(seed) });

    /// <summary>Somebody cancels the run after so many results have come; 0 is right after its start.</summary>
    public ScriptedRun CancelAfter(int results) => With(_script with
    {
        Controls = [.. _script.Controls.Add(new ScriptedControl(results, ControlOperation.Cancel)).OrderBy(one => one.After)],
    });

    /// <summary>Runs the workflow to its end. It takes no time, whatever it waits for.</summary>
    /// <exception cref="WorkflowRefusedException">
    /// The inputs do not fit the workflow's parameters, an answer does not fit its question or is missing for ever, or
    /// <see cref="On"/> spoke of an item beyond the list.
    /// </exception>
    public RehearsedRun Run()
    {
        var (report, refusal) = Core.Rehearsing.Rehearsal.Of(_workflow, _script, workflows: _called);
        if (report is null)
        {
            throw new WorkflowRefusedException(refusal!);
        }

        return BeyondTheList(report) is { } sentence
            ? throw new WorkflowRefusedException(sentence)
            : new RehearsedRun(report, _script.Expect, _names);
    }

    /// <summary>
    /// Runs the workflow many times, each time with another random order of results, and with random failures of attempts
    /// that the script lets succeed.
    /// </summary>
    /// <param name="trials">How many times; at least 1.</param>
    /// <param name="seed">Of the first trial; each further one has the next number.</param>
    /// <param name="failures">Share of the attempts that fail, time out or lose their worker, 0 to 1; 0 only tries orders.</param>
    /// <param name="mayFail">Only these tasks fail at random; without them, all may.</param>
    /// <exception cref="WorkflowRefusedException">The inputs do not fit the workflow's parameters.</exception>
    public ExploredRuns Explore(int trials, long seed, double failures = 0.2, params string[] mayFail)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(failures);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(failures, 1);
        var (report, refusal) = Exploration.Of(
            _workflow, _script, trials, seed, failures, [.. mayFail.Select(Known)], workflows: _called);
        return report is null ? throw new WorkflowRefusedException(refusal!) : new ExploredRuns(report, _names);
    }

    /// <summary>What <see cref="Explore"/> holds each run against, and <see cref="RehearsedRun.ShouldBeAsExpected"/> this one.</summary>
    /// <param name="statuses">completed, failed, timeout or cancelled; any of these will do.</param>
    public ScriptedRun ExpectStatus(params string[] statuses) => With(_script with
    {
        Expect = _script.Expect with { Statuses = [.. statuses.Select(Words.Status)] },
    });

    /// <summary>As <see cref="ExpectStatus"/>: an entry of the output, whatever the order of results.</summary>
    public ScriptedRun ExpectOutput(string name, object? value) => With(_script with
    {
        Expect = _script.Expect with { Output = _script.Expect.Output.With(name, Json.Value(value)) },
    });

    /// <summary>As <see cref="ExpectStatus"/>: how often something is dispatched for a task, over all items and attempts.</summary>
    public ScriptedRun ExpectDispatches(string task, int times) => With(_script with
    {
        Expect = _script.Expect with { Dispatches = _script.Expect.Dispatches.SetItem(Known(task), times) },
    });

    internal static ScriptedRun Of(WorkflowSpec workflow, Func<string, WorkflowSpec?> called) =>
        new(workflow, RehearsalScript.Empty, called);

    internal ScriptedRun With(RehearsalScript script) => new(_workflow, script, _called);

    internal ScriptedRun With(OutcomeRule rule) => With(_script with { Rules = _script.Rules.Add(rule) });

    private string Known(string task) => _names.WhyNot(task) is { } whyNot ? throw new ArgumentException(whyNot) : task;

    /// <returns>Null where each item of which the script speaks was there, or its task was never entered with items.</returns>
    private string? BeyondTheList(RehearsalReport report) => _script.Rules
        .Select(rule => (Rule: rule, Most: report.Tasks
            .Where(visit => visit.Task == rule.Task && (rule.Visit is null || rule.Visit == visit.Visit)).Max(visit => visit.Items)))
        .Where(one => one.Rule.Item >= one.Most)
        .Select(one => $"'{one.Rule.Task}' has no item {one.Rule.Item}: it had {one.Most} items, which count from 0.")
        .FirstOrDefault();
}
