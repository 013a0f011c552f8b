using System.Collections.Immutable;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Rehearsing;

/// <summary>
/// Runs a workflow without workers, queues or a clock: every attempt ends as a script says, in the order it says.
/// The same workflow and script give the same report, always.
/// </summary>
/// <remarks>Completions take no time; due times pass only when nothing is in flight.</remarks>
public sealed class Rehearsal
{
    private static readonly RunId Run = new("rehearsal");
    private static readonly ItemOutcome Interrupted =
        new(SlotStatus.Cancelled, Value.Null, "Execution cancelled by user");

    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RehearsalScript _script;
    private readonly Func<IReadOnlyList<Slot>, int> _choose;
    private readonly Queue<ScriptedControl> _controls;
    private readonly List<Slot> _inFlight = [];
    private readonly List<(string Task, int Visit)> _visits = [];
    private readonly List<RehearsedDispatch> _dispatches = [];
    private readonly List<ImmutableArray<RunEvent>> _journal = [];
    private readonly Waits _waits = new();
    private RunState _run = RunState.Initial(Run);
    private DateTimeOffset _now = Start;
    private int _completions;

    private Rehearsal(RehearsalScript script)
    {
        _script = script;
        _choose = script.Order.Chooser();
        _controls = new Queue<ScriptedControl>(script.Controls);
    }

    /// <param name="limits">Null: the default ones.</param>
    /// <returns>The report, or why the run was refused.</returns>
    public static (RehearsalReport? Report, Refusal? Refusal) Of(
        WorkflowSpec workflow, RehearsalScript script, RunLimits? limits = null)
    {
        var rehearsal = new Rehearsal(script);
        var refusal = rehearsal.Tell(
            new RunCommand.Start(workflow, script.Inputs, limits ?? RunLimits.Default, RequestKey: null, Start));
        if (refusal is not null)
        {
            return (null, refusal);
        }

        rehearsal.Play();
        return (rehearsal.Report(), null);
    }

    private void Play()
    {
        Control();
        while (!_run.HasEnded)
        {
            if (_inFlight.Count > 0)
            {
                Deliver(_choose(_inFlight));
            }
            else if (_run.NextDue is { } due)
            {
                _now = due > _now ? due : _now;
                Tell(new RunCommand.TimeUp(_now));
            }
            else
            {
                throw new InvalidOperationException($"The run is {_run.Status} with nothing in flight and nothing due.");
            }
        }
    }

    private void Deliver(int place)
    {
        var slot = _inFlight[place];
        _inFlight.RemoveAt(place);
        _completions++;
        Tell(new RunCommand.FinishItem(slot, _script.OutcomeOf(slot), _now));
        Control();
    }

    private void Control()
    {
        while (_controls.TryPeek(out var control) && control.After <= _completions)
        {
            _controls.Dequeue();
            Tell(new RunCommand.Cancel(Reason: null, _now));
        }
    }

    /// <summary>Decides and follows: dispatches go in flight, and what must stop ends at once.</summary>
    private Refusal? Tell(RunCommand command)
    {
        var decision = RunDecider.Decide(_run, command);
        if (decision.IsEmpty)
        {
            return decision.Refusal;
        }

        _run = _run.Evolve(decision.Events);
        _journal.Add([.. decision.Events]);
        _visits.AddRange(decision.Events.OfType<RunEvent.VisitOpened>().Select(opened => (opened.Task, opened.Visit)));
        _waits.Note(decision.Events, _now);
        var stopped = new List<Slot>();
        foreach (var effect in RunEffects.Of(_run, decision.Events))
        {
            if (effect is RunEffect.Send send)
            {
                Dispatch(send.Request);
            }
            else if (effect is RunEffect.Withdraw { StopRunning: true } withdraw && _inFlight.Remove(withdraw.Slot))
            {
                stopped.Add(withdraw.Slot);
            }
        }

        foreach (var slot in stopped)
        {
            Tell(new RunCommand.FinishItem(slot, Interrupted, _now));
        }

        return decision.Refusal;
    }

    private void Dispatch(TaskRequest request)
    {
        var dispatch = new RehearsedDispatch(
            _dispatches.Count, request.Slot, request.Action, request.Input, _waits.Of(request.Slot), _completions);
        _dispatches.Add(dispatch);
        _inFlight.Add(request.Slot);
    }

    private RehearsalReport Report() => new(
        _run.Status,
        _run.Output,
        [.. _run.Problems],
        [.. _dispatches],
        [.. _visits.Select(visit => new RehearsedVisit(
            visit.Task, visit.Visit, _run.Visit(visit.Task, visit.Visit)!.Status))],
        _run.Variables,
        [.. _journal]);
}
