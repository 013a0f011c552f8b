using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Families;

/// <summary>One incarnation of one run: it does what the run's actor does, one step at a time.</summary>
internal sealed partial class Life
{
    private const int MostAtOnce = 3;
    private readonly FamilyWorld _world;
    private readonly FamilyNode _node;
    private readonly DueHold _hold;
    private readonly LinkedList<Letter> _inbox = [];
    private readonly List<Letter> _deciding = [];
    private readonly HashSet<string> _unknown = [];
    private KnownActions _known = KnownActions.None.ThatCanLookUp();
    private IReadOnlyList<string> _asked = [];
    private StoredContents _contents = StoredContents.None;
    private IReadOnlyList<StoredResult> _needs = [];
    private RunEvent[]? _entry;
    private Letter? _first;
    private bool _isFresh = true;
    private bool _isDead;

    public Life(FamilyWorld world, FamilyNode node, RunState state, string incarnation)
    {
        (_world, _node, State) = (world, node, state);
        _hold = new DueHold(state.Id, incarnation, FamilyWorld.Patience);
    }

    public RunId Id => State.Id;

    public RunState State { get; private set; }

    public bool IsWriting => _entry is not null;

    public bool IsAsking => _asked.Count > 0 || _needs.Count > 0;

    public bool IsIdle => !IsWriting && !IsAsking && _inbox.Count == 0;

    public bool CanDecide =>
        !IsWriting && !IsAsking && _inbox.First is { Value: var next } && !IsUnkept(next) && _hold.MayStore(State.Entries, _world.Now);

    public bool IsTimeUp => State.NextDue <= _world.Now && !_inbox.Any(letter => letter.Command is RunCommand.TimeUp);

    public override string ToString() =>
        $"{Id} at {State.Entries} {State.Status}, {_inbox.Count} wait, asks {string.Join(' ', _asked)}, "
        + $"unknown {string.Join(' ', _unknown)}";

    public void Begin()
    {
        if (State.HasStarted)
        {
            Act(RunEffects.Open(State), isRecovery: true);
        }

        LookAhead();
        if (State.HasStarted)
        {
            Publish();
        }
    }

    public void Take(Letter letter)
    {
        if (letter.Command is null)
        {
            WakeUp();
            letter.IsAnswered = true;
            RestIfDone();
            return;
        }

        _first = _isFresh ? letter : _first;
        _isFresh = false;
        _inbox.AddLast(letter);
        if (!CanDecide && !IsWriting)
        {
            LookAhead();
        }
    }

    public void Decide()
    {
        var draft = State;
        var events = new List<RunEvent>();
        var actions = _known;
        while (_inbox.First?.Value is { } letter && !IsUnkept(letter) && _deciding.Count < MostAtOnce)
        {
            var decision = RunDecider.Decide(draft, letter.Command!, actions, _contents);
            if (decision.IsOpen)
            {
                (_asked, _needs) = _deciding.Count == 0 ? (decision.Asks, decision.Needs) : ([], []);
                break;
            }

            if (decision.Refusal?.Code == RunCodes.SlotUnknown)
            {
                _world.Fall(this);
                return;
            }

            if (decision.Refusal?.Code == RunCodes.RunUnknown && letter != _first)
            {
                HandOver();
                return;
            }

            _inbox.RemoveFirst();
            _deciding.Add(letter);
            draft = decision.Events.Aggregate(draft, (run, happened) => run.Evolve(happened));
            events.AddRange(decision.Events);
        }

        if (events.Count > 0)
        {
            _entry = [.. events];
        }
        else
        {
            Answer();
        }
    }

    public void HearLookUp()
    {
        _known = _asked.Aggregate(_known, (all, name) => all.With(name, _world.Find(name)));
        _contents = _needs.Aggregate(_contents, (all, one) => all.With(one, _world.KeptOf(Id).Fetch(one)));
        (_asked, _needs) = ([], []);
    }

    /// <param name="isHeard">False: it is stored, and this life ends before it knows.</param>
    public void Persist(bool isHeard = true)
    {
        var entry = _entry!;
        if (!_world.Store(Id, State.Entries, entry) || !isHeard)
        {
            _world.Fall(this);
            return;
        }

        _entry = null;
        State = State.Evolve(entry);
        _hold.Stored(State.Entries);
        Act(RunEffects.Of(State, entry), isRecovery: false);
        Answer();
        Publish();
    }

    public void Hear(DueStep step, DueRow? before)
    {
        if (_isDead)
        {
            return;
        }

        if (!_hold.Hear(step, before) && !State.IsSettled)
        {
            _world.Fall(this);
            return;
        }

        LookAhead();
        RestIfDone();
    }

    /// <summary>What it has handed on is found by its own row from now on.</summary>
    public void Know(string what)
    {
        if (!_isDead && _unknown.Remove(what))
        {
            LookAhead();
        }
    }

    /// <summary>In order: nothing is being done.</summary>
    public void Rest()
    {
        if (_hold.Release(State, _unknown.Count == 0, _world.Now) is { } release)
        {
            _node.Dues.Enqueue((release, this));
        }

        _isDead = true;
        _node.Lives.Remove(Id);
    }

    public void LoseLetters()
    {
        _isDead = true;
        foreach (var letter in _inbox.Concat(_deciding))
        {
            letter.IsLost = true;
        }
    }

    private void WakeUp()
    {
        if (!State.HasStarted)
        {
            if (IsIdle)
            {
                _hold.Drop();
            }
        }
        else if (!_isFresh)
        {
            Ask(_hold.Doubt());
            Act(RunEffects.Open(State), isRecovery: true, isRepeated: true);
        }

        _isFresh = false;
        LookAhead();
    }

    private void Answer()
    {
        _deciding.ForEach(letter => letter.IsAnswered = true);
        _deciding.Clear();
        if (!IsAsking)
        {
            _known = KnownActions.None.ThatCanLookUp();
            _contents = StoredContents.None;
        }

        LookAhead();
        RestIfDone();
    }

    /// <summary>Who denies its run must have read the journal after the question: the next life has.</summary>
    private void HandOver()
    {
        _deciding.ForEach(letter => letter.IsAnswered = true);
        _deciding.Clear();
        _isDead = true;
        _node.Lives.Remove(Id);
        foreach (var letter in _inbox)
        {
            _world.Deliver(Id, letter);
        }
    }

    /// <param name="isRepeated">This life has handed them on before.</param>
    private void Act(IEnumerable<RunEffect> effects, bool isRecovery, bool isRepeated = false)
    {
        foreach (var effect in effects)
        {
            if (_world.IsDropped(effect, isRecovery))
            {
                continue;
            }

            if (effect is RunEffect.Call or RunEffect.TellParent)
            {
                var errand = new Errand(this, _world.Bent(effect, isRecovery));
                _node.Add(errand);
                Expect(errand.Key, isRepeated || _world.Flaw == FamilyFlaw.CallKnownAtOnce);
            }
            else
            {
                _node.Outgoing.Add((this, effect));
                var isKnown = effect is RunEffect.Ask && _world.Flaw == FamilyFlaw.QuestionKnownAtOnce;
                Expect(FamilyWorld.SlotOf(effect).ToString(), isRepeated || isKnown);
            }
        }
    }

    private void Expect(string what, bool isKnown)
    {
        if (!isKnown)
        {
            _unknown.Add(what);
        }
    }

    private void LookAhead()
    {
        if (_isDead)
        {
            return;
        }

        var wish = _hold.Next(State, _unknown.Count == 0, IsWriting || _inbox.Count > 0, _world.Now);
        Ask(wish.Step);
        if (wish.WantsProof)
        {
            _entry = [];
        }
    }

    private void Ask(DueStep? step)
    {
        if (step is not null)
        {
            _node.Dues.Enqueue((step, this));
        }
    }

    private void Publish()
    {
        if (_world.Flaw == FamilyFlaw.ForgottenAtEnd ? State.HasEnded : State.IsSettled)
        {
            _node.Dues.Enqueue((new DueStep.Forget(Id), this));
        }
    }

    private void RestIfDone()
    {
        var isSettled = _world.Flaw == FamilyFlaw.ForgottenAtEnd ? State.HasEnded : State.IsSettled;
        var isDone = isSettled || (!State.HasStarted && State.Entries > 0 && !_hold.IsDropping);
        if (isDone && IsIdle && !_isDead)
        {
            Rest();
        }
    }
}
