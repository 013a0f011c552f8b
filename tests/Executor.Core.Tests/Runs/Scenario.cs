using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Runs.Reruns;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Runs;

/// <summary>One run in a test. Every step is checked for what must always hold; see <see cref="Always"/>.</summary>
internal sealed class Scenario
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly List<RunEvent[]> _entries = [];
    private readonly WorkflowSpec _workflow;

    private Scenario(WorkflowSpec workflow, string id)
    {
        _workflow = workflow;
        Run = RunState.Initial(new RunId(id));
    }

    public RunState Run { get; private set; }

    public DateTimeOffset Now { get; private set; } = Begin;

    /// <summary>False for long runs: then only the rules of the decider are at work.</summary>
    public bool IsChecked { get; init; } = true;

    public Refusal? Refusal { get; private set; }

    /// <summary>Events of the last command.</summary>
    public IReadOnlyList<RunEvent> Last { get; private set; } = [];

    public IEnumerable<RunEvent> Events => _entries.SelectMany(entry => entry);

    /// <summary>The events of each entry.</summary>
    public IReadOnlyList<IReadOnlyList<RunEvent>> Journal => _entries;

    public int Entries => _entries.Count;

    public RunStatus Status => Run.Status;

    public string? Error => Run.Error;

    /// <summary>
    /// Slots in flight in the order of dispatch: <c>a</c>, <c>t[0]</c>, <c>a/2</c> (visit), <c>a#2</c> (attempt).
    /// </summary>
    public string[] Out =>
        [.. Run.InFlight.Values.OrderBy(open => open.Number).Select(open => Short(open.Dispatched.Slot))];

    /// <summary>All dispatches, likewise.</summary>
    public string[] Sent => [.. Events.OfType<RunEvent.Dispatched>().Select(sent => Short(sent.Slot))];

    /// <summary>All opened visits in order: <c>a/1 completed</c>.</summary>
    public string[] Visits =>
        [.. RunView.Of(Run).Visits.Select(visit => $"{visit.Task}/{visit.Visit} {StatusWords.Of(visit.Status)}")];

    public string[] Problems => [.. Run.Problems.Select(problem => problem.Code)];

    public static WorkflowSpec Read(string yaml)
    {
        var reading = WorkflowYaml.Read(yaml, "test");
        return reading.Spec ?? throw new InvalidOperationException(string.Join("\n", reading.Problems) + "\n" + yaml);
    }

    public static Scenario Of(string yaml, string inputs = "{}", RunLimits? limits = null, string id = "run-1")
    {
        var scenario = new Scenario(Read(yaml), id);
        scenario.Start(inputs, limits);
        return scenario;
    }

    /// <summary>A run of a workflow in the words of <see cref="Flow"/>.</summary>
    public static Scenario OfFlow(string lines, string header = "", string inputs = "{}", RunLimits? limits = null) =>
        Of(Flow.Of(lines, header), inputs, limits);

    /// <summary>Without the checks after each step, for long runs.</summary>
    public static Scenario Unchecked(WorkflowSpec workflow, string inputs = "{}", RunLimits? limits = null)
    {
        var scenario = new Scenario(workflow, "run-1") { IsChecked = false };
        scenario.Start(inputs, limits);
        return scenario;
    }

    public Scenario Start(string inputs = "{}", RunLimits? limits = null) => Give(new RunCommand.Start(
        _workflow, (Value.Map)ValueJson.Parse(inputs), limits ?? RunLimits.Default, "key-1", Now));

    /// <summary>Of a run that has ended: a new one, for which these tasks and what came of them run again.</summary>
    public Scenario Again(params string[] from) => Again(new RerunRequest([.. from], FailedItems: false));

    public Scenario AgainItems() => Again(new RerunRequest([], FailedItems: true));

    public Scenario Again(RerunRequest request)
    {
        var (plan, refusal) = RerunPlanning.Of(Run.Id, [.. _entries.Select(entry => entry.ToImmutableArray())], request);
        var again = new Scenario(_workflow, $"{Run.Id}-again") { Now = Now.AddHours(1), Refusal = refusal };
        return refusal is not null
            ? again
            : again.Give(new RunCommand.Start(
                _workflow, Run.Inputs, Run.Limits, null, again.Now, Origin: Run.Id,
                Called: [.. Run.Called.Select(one => new CalledWorkflow(one.Key, one.Value))], Plan: plan));
    }

    public Scenario Give(RunCommand command)
    {
        var before = Run;
        var decision = RunDecider.Decide(before, command);
        Refusal = decision.Refusal;
        Last = decision.Events;
        if (!decision.IsEmpty)
        {
            Run = before.Evolve(decision.Events);
            _entries.Add([.. decision.Events]);
        }

        if (IsChecked)
        {
            Always.Hold(before, command, decision, Run, _entries);
        }

        return this;
    }

    public Scenario Succeed(string slot, string result = "null") => End(slot, SlotStatus.Completed, result, null);

    public Scenario Fail(string slot, string? error = "boom", string result = "null") =>
        End(slot, SlotStatus.Failed, result, error);

    public Scenario TimeOut(string slot) => End(slot, SlotStatus.Timeout, "null", "Execution timed out");

    public Scenario End(string slot, SlotStatus status, string result = "null", string? error = null) =>
        Finish(SlotOf(slot), status, result, error);

    /// <summary>Also for slots that are not in flight.</summary>
    public Scenario Finish(Slot slot, SlotStatus status, string result = "null", string? error = null) =>
        Give(new RunCommand.FinishItem(slot, new ItemOutcome(status, ValueJson.Parse(result), error), Now));

    public Scenario Cancel(string? reason = null) => Give(new RunCommand.Cancel(reason, Now));

    public Scenario Pause(string? reason = null) => Give(new RunCommand.Pause(reason, Now));

    public Scenario Resume() => Give(new RunCommand.Resume(Now));

    /// <summary>Time passes and the run is told.</summary>
    public Scenario After(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return Give(new RunCommand.TimeUp(Now));
    }

    public Slot SlotOf(string text) => Run.InFlight.Keys.Single(slot => Short(slot) == text);

    public Value Input(string slot) =>
        Events.OfType<RunEvent.Dispatched>().Last(sent => Short(sent.Slot) == slot).Input;

    public string Variable(string name) =>
        Run.Variables.TryGet(name, out var value) ? value.ToString() : "(none)";

    private static string Short(Slot slot) => slot.Task
        + (slot.Visit == 1 ? "" : $"/{slot.Visit}")
        + (slot.Item == Slot.NoItem ? "" : $"[{slot.Item}]")
        + (slot.Attempt == 1 ? "" : $"#{slot.Attempt}");
}
