using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Rehearsing;

/// <summary>
/// Runs a workflow without workers, queues or a clock: every attempt ends as a script says, in the order it says.
/// The same workflow and script give the same report, always.
/// </summary>
/// <remarks>
/// Completions take no time; due times pass only when nothing is in flight. A task that calls a known workflow runs it,
/// and the tasks of that are named <c>call/task</c>, in the script and in the report; where the script says how the
/// calling task ends, it ends so, and nothing is called.
/// </remarks>
public sealed class Rehearsal
{
    private static readonly RunId First = new("rehearsal");
    private static readonly ItemOutcome Interrupted =
        new(SlotStatus.Cancelled, Value.Null, ItemOutcome.StoppedByUser);

    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RehearsalScript _script;
    private readonly Func<string, WorkflowSpec?>? _workflows;
    private readonly Func<IReadOnlyList<Slot>, int> _choose;
    private readonly Queue<ScriptedControl> _controls;
    private readonly Flight _flight = new();
    private readonly PlayedRun _main = new(First, "");
    private readonly List<PlayedRun> _runs = [];
    private readonly Queue<(PlayedRun Run, RunCommand.FinishItem End)> _ends = new();
    private readonly List<(PlayedRun Run, string Task, int Visit)> _visits = [];
    private readonly List<RehearsedDispatch> _dispatches = [];
    private readonly List<ImmutableArray<RunEvent>> _journal = [];
    private readonly List<RunProblem> _warnings = [];
    private readonly Contents _contents;
    private KnownActions _actions;
    private DateTimeOffset _now = Start;
    private Refusal? _refused;
    private int _completions;

    private Rehearsal(RehearsalScript script, Func<string, WorkflowSpec?>? workflows, int? inlineResult)
    {
        _contents = new Contents(inlineResult);
        _script = script;
        _workflows = workflows;
        _actions = workflows is null ? KnownActions.None : KnownActions.None.ThatCanLookUp();
        _choose = script.Order.Chooser();
        _controls = new Queue<ScriptedControl>(script.Controls);
        _runs.Add(_main);
    }

    /// <param name="limits">Null: the default ones.</param>
    /// <param name="workflows">The workflow that an action names, or null; null for all: no action is a workflow.</param>
    /// <param name="inlineResult">
    /// Bytes of JSON from which on a run only refers to a result and gets its content when it reads it; null never does.
    /// What is reported of the run is the same, whatever it is; but its journal has the references.
    /// </param>
    /// <returns>The report, or why the run was refused, or an answer of the script.</returns>
    public static (RehearsalReport? Report, Refusal? Refusal) Of(
        WorkflowSpec workflow, RehearsalScript script, RunLimits? limits = null,
        Func<string, WorkflowSpec?>? workflows = null, int? inlineResult = null)
    {
        var rehearsal = new Rehearsal(script, workflows, inlineResult);
        var refusal = rehearsal.Tell(
            rehearsal._main,
            new RunCommand.Start(workflow, script.Inputs, limits ?? RunLimits.Default, RequestKey: null, Start));
        if (refusal is not null)
        {
            return (null, refusal);
        }

        rehearsal.Play();
        return rehearsal._refused is { } wrong ? (null, wrong) : (rehearsal.Report(), null);
    }

    private void Play()
    {
        Control();
        while (!_main.State.HasEnded && _refused is null)
        {
            if (_flight.Count > 0)
            {
                Deliver(_choose(_flight.Slots));
            }
            else if (_runs.Min(run => run.State.NextDue) is { } due)
            {
                _now = due > _now ? due : _now;
                foreach (var run in _runs.Where(run => run.State.NextDue <= _now).ToList())
                {
                    Tell(run, new RunCommand.TimeUp(_now));
                }
            }
            else
            {
                _refused = Unanswered() ?? throw new InvalidOperationException(
                    $"The run is {_main.State.Status} with nothing in flight and nothing due.");
            }
        }
    }

    /// <summary>A question that the script leaves open, and that nothing else will end.</summary>
    private Refusal? Unanswered()
    {
        var open = _runs.SelectMany(run => run.State.InFlight.Values.Where(one => one.Dispatched.IsQuestion)
            .OrderBy(one => one.Number).Select(one => run.Named(one.Dispatched.Slot))).ToList();
        return open is not [var first, ..] ? null : new Refusal(
            RehearsalCodes.Unanswered,
            $"The question of '{first.Task}' ({first}) waits for an answer for ever: the script gives none, and it has no timeout.",
            []);
    }

    private void Deliver(int place)
    {
        var (run, named) = _flight.Take(place);
        _completions++;
        var slot = run.Own(named);
        var refusal = Tell(run, ScriptedAnswers.Of(_script, named, slot, run.State.InFlight[slot].Dispatched, _now));
        _refused = refusal is null ? null : ScriptRefusal.Of(refusal, named, _script.AnswerOf(named, isBound: false).At);
        Control();
    }

    private void Control()
    {
        while (_controls.TryPeek(out var control) && control.After <= _completions)
        {
            _controls.Dequeue();
            Tell(_main, new RunCommand.Cancel(Reason: null, _now));
        }
    }

    /// <summary>Decides and follows: dispatches go in flight, and what must stop ends at once.</summary>
    private Refusal? Tell(PlayedRun run, RunCommand command)
    {
        var refusal = TellOnly(run, command);
        while (_ends.TryDequeue(out var end))
        {
            TellOnly(end.Run, end.End);
        }

        return refusal;
    }

    private Refusal? TellOnly(PlayedRun run, RunCommand command)
    {
        var decision = Decide(run.State, command);
        if (decision.IsEmpty)
        {
            return decision.Refusal;
        }

        run.State = run.State.Evolve(decision.Events);
        if (run == _main)
        {
            _journal.Add(decision.Events);
        }

        _visits.AddRange(decision.Events.OfType<RunEvent.VisitOpened>().Select(opened => (run, opened.Task, opened.Visit)));
        run.Waits.Note(decision.Events, _now);
        _warnings.AddRange(RehearsalWarnings.OfConditions(run.Path, decision.Events));
        foreach (var closed in decision.Events.OfType<RunEvent.ItemFinished>())
        {
            _flight.Remove(run, closed.Slot);
        }

        foreach (var happened in decision.Events)
        {
            // Also one that the same decision has closed again.
            if (happened is RunEvent.Dispatched { IsQuestion: true } asked && !run.State.IsStopping)
            {
                Dispatch(run, asked.Slot, asked.Action, asked.Input);
            }

            foreach (var effect in RunEffects.Of(run.State, [happened]))
            {
                Act(run, effect);
            }
        }

        return decision.Refusal;
    }

    private Decision Decide(RunState state, RunCommand command)
    {
        command = _contents.Kept(command);
        var atHand = StoredContents.None;
        var decision = RunDecider.Decide(state, command, _actions);
        while (decision.IsOpen)
        {
            _actions = decision.Asks.Aggregate(_actions, (known, name) => known.With(name, _workflows!(name)));
            atHand = decision.Needs.Aggregate(atHand, (known, stored) => known.With(stored, _contents.Of(stored)));
            decision = RunDecider.Decide(state, command, _actions, atHand);
        }

        return decision;
    }

    private void Act(PlayedRun run, RunEffect effect)
    {
        switch (effect)
        {
            case RunEffect.Send { Request: var request }:
                Dispatch(run, request.Slot, request.Action, request.Input);
                _flight.Add(run, request.Slot);
                break;
            case RunEffect.Withdraw { StopRunning: true } withdraw when _flight.Remove(run, withdraw.Slot):
                _ends.Enqueue((run, new RunCommand.FinishItem(withdraw.Slot, Interrupted, _now)));
                break;
            case RunEffect.Ask { Row.Slot: var asked }
                when ScriptedAnswers.IsEverEnded(_script, run.Named(asked), run.State.InFlight[asked].Dispatched):
                _flight.Add(run, asked);
                break;
            case RunEffect.Call call:
                Call(run, call);
                break;
            case RunEffect.TellParent tell:
                _ends.Enqueue((_runs.Single(caller => caller.State.Id == tell.Parent), tell.ToCommand(_now)));
                break;
            default:
                break;
        }
    }

    private void Call(PlayedRun run, RunEffect.Call call)
    {
        var slot = call.Parent.Slot;
        if (call.Stop is null)
        {
            Dispatch(run, slot, run.State.InFlight[slot].Dispatched.Action, call.Inputs);
        }

        if (_script.Says(run.Named(slot)))
        {
            if (call.Stop is null)
            {
                _flight.Add(run, slot);
            }
            else if (call.Stop.StopRunning && _flight.Remove(run, slot))
            {
                _ends.Enqueue((run, new RunCommand.FinishItem(slot, Interrupted, _now)));
            }

            return;
        }

        var called = _runs.Find(one => one.State.Id == call.Run);
        if (called is null)
        {
            called = new PlayedRun(call.Run, $"{run.Path}{slot.Task}/");
            _runs.Add(called);
        }

        TellOnly(called, call.ToCommand(_now));
    }

    private void Dispatch(PlayedRun run, Slot slot, string action, Value.Map input) => _dispatches.Add(
        new RehearsedDispatch(_dispatches.Count, run.Named(slot), action, input, run.Waits.Of(slot), _completions));

    private RehearsalReport Report()
    {
        ImmutableArray<string> neverAsked = [.. new NeverAsked(_flight.Asked).Of(_script), .. _controls.Select(NeverAsked.OfControl)];
        return new RehearsalReport(
            _main.State.Status,
            _main.State.Output,
            [.. _main.State.Problems],
            [.. _dispatches],
            [.. _visits.Select(visit => Visited(visit.Run, visit.Run.State.Visit(visit.Task, visit.Visit)!))],
            (Value.Map)StoredValues.Whole(_main.State.Variables, _contents.Of),
            [.. _journal],
            [.. _flight.Asked],
            neverAsked,
            [.. _warnings.Distinct(), .. RehearsalWarnings.OfScript(neverAsked)]);
    }

    private static RehearsedVisit Visited(PlayedRun run, TaskVisit visit) => new(
        run.Path + visit.Task.Name, visit.Number, visit.Status, visit.HasItems ? visit.Plan?.Count : null);
}
