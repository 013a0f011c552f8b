using Executor.Actors.Journal;
using Executor.Chaos.Evidences;
using Executor.Chaos.Ledgers;
using Executor.Chaos.Load;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Chaos.Tests.Sound;

/// <summary>One run of the load as it goes when nothing is wrong: decided by the product's rules, worked off in order.</summary>
internal sealed class SoundRun
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly List<StoredEntry> _entries = [];
    private readonly List<LedgerLine> _ledger = [];
    private readonly List<RunEffect> _effects = [];
    private readonly List<SoundRun> _called = [];
    private RunState _state;
    private DateTimeOffset _now;

    private SoundRun(RunId run, DateTimeOffset start) => (_state, _now) = (RunState.Initial(run), start);

    public RunJournal Journal => new(_state.Id, [.. _entries]);

    public IReadOnlyList<LedgerLine> Ledger => _ledger;

    public RunState State => _state;

    /// <summary>This run, and all that it has called.</summary>
    public IEnumerable<SoundRun> Family => [this, .. _called.SelectMany(called => called.Family)];

    /// <param name="cancelAfter">Ends after which it is cancelled; null for never.</param>
    /// <param name="pauseAfter">Ends after which it is paused; it is resumed when it has come to rest. Null for never.</param>
    public static SoundRun Of(
        string workflow, RunId run, DateTimeOffset start, int? cancelAfter = null, int? pauseAfter = null)
    {
        var made = new SoundRun(run, start);
        made.Decide(new RunCommand.Start(Spec(workflow), Value.Map.Empty, RunLimits.Default, $"key of {run}", made._now));
        made.Play(cancelAfter, pauseAfter);
        return made;
    }

    private void Play(int? cancelAfter, int? pauseAfter = null)
    {
        for (var ends = 0; !_state.HasEnded; ends++)
        {
            if (ends == cancelAfter)
            {
                Decide(new RunCommand.Cancel(null, _now));
                continue;
            }

            if (ends == pauseAfter)
            {
                Decide(new RunCommand.Pause(null, _now));
            }

            if (_state is { IsPaused: true, InFlight.Count: 0 })
            {
                Decide(new RunCommand.Resume(_now));
                continue;
            }

            if (_state.InFlight.Count == 0)
            {
                _now = _state.NextDue!.Value + Step;
                Decide(new RunCommand.TimeUp(_now));
                continue;
            }

            var sent = _state.InFlight.Values.MinBy(open => open.Number)!.Dispatched;
            Decide(sent.IsCall ? Call(sent)
                : sent.IsQuestion ? new RunCommand.Answer(sent.Slot, Value.Of("ann"), "load", _now)
                : new RunCommand.FinishItem(sent.Slot, Work(sent.Slot), _now, _now));
        }
    }

    /// <returns>What the called run tells at its end.</returns>
    private RunCommand.FinishItem Call(RunEvent.Dispatched sent)
    {
        var called = new SoundRun(RunId.OfCall(sent.Id), _now);
        _called.Add(called);
        called.Decide(_effects.OfType<RunEffect.Call>().Single(call => call.Run == called._state.Id).ToCommand(_now));
        called.Play(cancelAfter: null);
        _now = called._now;
        called.Decide(new RunCommand.HearParent(_now));
        return called._effects.OfType<RunEffect.TellParent>().First().ToCommand(_now);
    }

    private ItemOutcome Work(Slot slot)
    {
        var input = _state.InFlight[slot].Dispatched.Input;
        Write(LedgerMark.Started, slot);
        _now += Step;
        if (slot.Task == "slow")
        {
            Write(LedgerMark.Stopped, slot);
            return ItemOutcome.Untold(SlotStatus.Timeout, "too slow", "task.timeout");
        }

        Write(LedgerMark.Ended, slot);
        var fails = input.TryGet("fails", out var number) && number is Value.Int { Content: var most } && slot.Attempt <= most;
        var value = input.TryGet("value", out var given) ? given : Value.Null;
        return fails
            ? ItemOutcome.Untold(SlotStatus.Failed, "told to fail", "test")
            : new ItemOutcome(SlotStatus.Completed, Value.Map.From([KeyValuePair.Create("value", value)]));
    }

    private void Decide(RunCommand command)
    {
        var actions = KnownActions.None.ThatCanLookUp();
        var decision = RunDecider.Decide(_state, command, actions);
        while (!decision.Asks.IsEmpty)
        {
            actions = decision.Asks.Aggregate(actions, (all, name) => all.With(name, Named(name)));
            decision = RunDecider.Decide(_state, command, actions);
        }

        Assert.Null(decision.Refusal);
        _state = _state.Evolve(decision.Events);
        _effects.AddRange(RunEffects.Of(_state, decision.Events));
        _entries.Add(new StoredEntry(_state.Entries, new JournalEntry(decision.Events, "node1", "one", command.At)));
        _now += Step;
    }

    private static WorkflowSpec? Named(string action) =>
        Mix.Workflows.FirstOrDefault(workflow => action == $"chaos.{workflow}") is { } known ? Spec(known) : null;

    private static WorkflowSpec Spec(string workflow) =>
        WorkflowCheck.Run(Mix.Definition(workflow), workflow, KnownActions.None).Spec!;

    private void Write(LedgerMark mark, Slot slot) =>
        _ledger.Add(new LedgerLine(mark, _now, _state.Id, slot, DispatchId.Of(_state.Id, slot), Worker: 17));
}
