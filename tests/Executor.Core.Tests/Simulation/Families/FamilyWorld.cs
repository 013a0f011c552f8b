using Executor.Core.Runs;
using Executor.Core.Runs.Snapshots;
using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Simulation.Families;

/// <summary>A run, those that it calls, the nodes that they live on, and what outlives nodes: journals, rows, requests.</summary>
internal sealed partial class FamilyWorld
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(15);
    public static readonly RunId Root = new("root");
    private readonly Dice _dice;
    private readonly FamilyProgram _program;
    private readonly Dictionary<RunId, List<RunEvent[]>> _journals = [];
    private readonly Dictionary<RunId, int> _homes = [];
    private readonly Dictionary<RunId, DueRow> _rows = [];
    private readonly Dictionary<RunId, DateTimeOffset> _woken = [];
    private readonly List<Work> _works = [];
    private readonly FamilyNode[] _nodes = [new(), new()];
    private readonly List<Action> _moves = [];
    private Letter? _start;
    private Letter? _cancel;
    private bool _isReminded;
    private bool _wantsCancel;
    private int _incarnations;

    public FamilyWorld(ulong seed, FamilyFlaw flaw)
    {
        _dice = new Dice(seed);
        Flaw = flaw;
        _program = FamilyProgram.Draw(_dice);
        _wantsCancel = _dice.OneIn(4);
        FaultsLeft = _dice.OneIn(5) ? 0 : _dice.Between(1, 8);
        Refers = new Dice(~seed).OneIn(2);
        _pausesLeft = _dice.OneIn(3) ? _dice.Between(1, 3) : 0;
    }

    public FamilyFlaw Flaw { get; }

    /// <summary>Results stand beside the journals, which only refer to them, however small they are.</summary>
    public bool Refers { get; }

    public DateTimeOffset Now { get; private set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public int FaultsLeft { get; private set; }

    public int Steps { get; private set; }

    public int Faults { get; private set; }

    public IEnumerable<RunId> Runs => _journals.Keys;

    public string Text => _program.ToString();

    public WorkflowSpec? Find(string name) => _program.Library.GetValueOrDefault(name);

    public RunState StateOf(RunId run) => Fold(run, _journals.GetValueOrDefault(run) ?? []);

    /// <summary>Random steps with faults, then calm ones until nothing is left to do.</summary>
    /// <exception cref="FamilyViolation">Something that never may be.</exception>
    public void Play()
    {
        for (var length = _dice.Between(30, 300); Steps < length && !IsOver();)
        {
            Step(isCalm: false);
        }

        FaultsLeft = 0;
        for (var limit = Steps + 20_000; !IsOver();)
        {
            FamilyViolation.Unless(Steps < limit, $"it never comes to its end: {Left()}");
            Step(isCalm: true);
        }

        CheckEnd();
    }

    /// <returns>False: another has stored an entry with this number.</returns>
    public bool Store(RunId run, long entries, RunEvent[] entry)
    {
        if (!_journals.TryGetValue(run, out var journal))
        {
            _journals.Add(run, journal = []);
        }

        if (journal.Count != entries)
        {
            return false;
        }

        journal.Add(entry);
        CheckEntry(run, entry);
        return true;
    }

    public void Fall(Life life)
    {
        life.LoseLetters();
        foreach (var node in _nodes.Where(node => node.Lives.GetValueOrDefault(life.Id) == life))
        {
            node.Lives.Remove(life.Id);
        }
    }

    public static Slot SlotOf(RunEffect effect) => effect switch
    {
        RunEffect.Send send => send.Request.Slot,
        RunEffect.Withdraw withdraw => withdraw.Slot,
        RunEffect.Ask ask => ask.Row.Slot,
        _ => throw new InvalidOperationException($"{effect} has no row."),
    };

    /// <summary>Where a flaw lets it be said only once.</summary>
    public bool IsDropped(RunEffect effect, bool isRecovery) => isRecovery && (effect switch
    {
        RunEffect.TellParent => Flaw == FamilyFlaw.EndToldOnce,
        RunEffect.Call { Stop: not null } => Flaw == FamilyFlaw.StopToldOnce,
        RunEffect.Call { Turn: > 0 } => Flaw == FamilyFlaw.PauseToldOnce,
        _ => false,
    });

    public RunEffect Bent(RunEffect effect, bool isRecovery) =>
        Flaw == FamilyFlaw.CalledAnew && isRecovery && effect is RunEffect.Call call
            ? call with { Run = new RunId(call.Run.Text + "-again") }
            : effect;

    private void Step(bool isCalm)
    {
        Steps++;
        _moves.Clear();
        Offer();
        OfferPauses(isCalm);
        var ordinary = _moves.Count;
        if (!isCalm)
        {
            OfferFaults();
        }

        if (!isCalm && FaultsLeft > 0 && _moves.Count > ordinary && _dice.OneIn(10))
        {
            FaultsLeft--;
            Faults++;
            _moves[_dice.Between(ordinary, _moves.Count - 1)]();
        }
        else if (ordinary > 0 && !(!isCalm && _dice.OneIn(12)))
        {
            _moves[_dice.Below(ordinary)]();
        }
        else
        {
            Wait(mustFind: isCalm);
        }
    }

    private void Offer()
    {
        OfferClient();
        foreach (var node in _nodes)
        {
            foreach (var life in node.Lives.Values)
            {
                OfferLife(life);
            }

            if (node.Dues.TryPeek(out var due))
            {
                _moves.Add(() => TakeDue(node.Dues.Dequeue()));
            }

            foreach (var errand in node.Errands.Where(IsReady))
            {
                _moves.Add(() => Go(node, errand));
            }

            for (var place = 0; place < node.Outgoing.Count; place++)
            {
                var one = place;
                _moves.Add(() => HandOn(node, one));
            }
        }

        OfferWorks();
        OfferQuestions();
        foreach (var run in _rows.Where(row => row.Value.Due <= Now).Select(row => row.Key).Where(IsNotJustWoken))
        {
            _moves.Add(() =>
            {
                _woken[run] = Now;
                Deliver(run, new Letter(null));
            });
        }
    }

    private bool IsNotJustWoken(RunId run) => !_woken.TryGetValue(run, out var at) || Now - at >= Round;

    private void OfferClient()
    {
        if (!_isReminded)
        {
            _moves.Add(() =>
            {
                Take(new DueStep.Remind(Root, Now + Patience));
                _isReminded = true;
            });
        }
        else if (_start is null or { IsLost: true })
        {
            _moves.Add(() => _start = Deliver(Root, new Letter(new RunCommand.Start(
                _program.Main, Value.Map.Empty, RunLimits.Default with { MaxDepth = 4 }, null, Now))));
        }
        else if (_start.IsAnswered && _wantsCancel && _cancel is null or { IsLost: true })
        {
            _moves.Add(() => _cancel = Deliver(Root, new Letter(new RunCommand.Cancel("enough", Now))));
        }
    }

    /// <summary>Time goes on: a little, or to whatever is due next.</summary>
    private void Wait(bool mustFind)
    {
        var next = _nodes.SelectMany(node => node.Lives.Values).Select(life => life.State.NextDue)
            .Concat(_rows.Values.Select(row => (DateTimeOffset?)row.Due)).Where(due => due > Now).Min();
        var isDue = _rows.Values.Any(row => row.Due <= Now);
        FamilyViolation.Unless(!mustFind || next < DateTimeOffset.MaxValue || isDue, $"nobody looks after {Left()}");
        Now = next is { } then && then < DateTimeOffset.MaxValue && (mustFind || _dice.OneIn(2))
            ? then
            : Now + TimeSpan.FromSeconds(_dice.Between(1, 20));
    }

    private string Left() =>
        $"{Unsettled()}; rows {string.Join(", ", _rows)}; {_works.Count(work => !work.IsClosed)} requests; "
        + $"client {_start?.IsAnswered} {_wantsCancel} {_cancel?.IsAnswered}; errands "
        + string.Join(", ", _nodes.SelectMany(node => node.Errands).Select(errand => $"{errand.Key} {errand.Phase}"))
        + "; lives " + string.Join(", ", _nodes.SelectMany(node => node.Lives.Values));

    private string Unsettled() => string.Join(", ", _journals.Keys.Where(run => !StateOf(run).IsSettled)
        .Select(run => $"{run} ({StateOf(run).Status})").DefaultIfEmpty("anything"));

    private bool IsOver() => _start is { IsAnswered: true } && !_wantsCancel | _cancel is { IsAnswered: true }
        && (_pause is null || _resume is { IsAnswered: true }) && _rows.Count == 0 && _works.TrueForAll(work => work.IsClosed)
        && _journals.Keys.All(run => StateOf(run).IsSettled)
        && _nodes.All(node => node.Errands.Count + node.Outgoing.Count + node.Dues.Count == 0);

    public Letter Deliver(RunId run, Letter letter)
    {
        if (!_homes.TryGetValue(run, out var home))
        {
            _homes.Add(run, home = _dice.Below(_nodes.Length));
        }

        var node = _nodes[home];
        if (!node.Lives.TryGetValue(run, out var life))
        {
            life = new Life(this, node, Recovered(run), $"i{++_incarnations}");
            node.Lives.Add(run, life);
            life.Begin();
        }

        life.Take(letter);
        return letter;
    }

    /// <summary>From the journal, or a snapshot and what came after it.</summary>
    private RunState Recovered(RunId run)
    {
        var journal = _journals.GetValueOrDefault(run) ?? [];
        if (journal.Count == 0 || _dice.OneIn(2))
        {
            return Fold(run, journal);
        }

        var saved = _dice.Between(1, journal.Count);
        var state = Fold(run, journal.Take(saved));
        var read = RunStateJson.Read(RunStateJson.Write(state).Span, _program.Workflow);
        return journal.Skip(saved).Aggregate(read, (before, entry) => before.Evolve(entry));
    }

    private static RunState Fold(RunId run, IEnumerable<RunEvent[]> journal) =>
        journal.Aggregate(RunState.Initial(run), (before, entry) => before.Evolve(entry));
}
