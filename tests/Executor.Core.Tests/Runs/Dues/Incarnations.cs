using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs.Dues;

/// <summary>A run that is alive in three places at once, its journal and its row. Each move is one step of one of them.</summary>
internal sealed class Incarnations
{
    public const int Places = 3;
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const int Most = 100;
    private static readonly RunState[] Started = States(Scenario.Of("tasks: [{name: a, action: core.noop}]").Run, 1);
    private static readonly RunState[] Unstarted = States(RunState.Initial(Started[1].Id), 0);
    private readonly Life?[] _lives = new Life?[Places];
    private DueRow? _row = new(Scenario.Begin + Patience, null, 0);
    private DateTimeOffset _now = Scenario.Begin;
    private int _entries;
    private int _start;
    private int _incarnations;

    /// <summary>Entries that their writer saw stored; how far the trial came.</summary>
    public int Entries => _entries;

    public bool IsFar => _row is null || _row.Due > _now + Patience;

    /// <summary>The row of a run that was never started is gone.</summary>
    public bool IsDropped => _row is null;

    /// <summary>
    /// What must hold at every moment: while the time is far, nobody can store an entry at once, and whoever looked last
    /// knew the whole journal. So nothing can come to be that nobody looks for.
    /// </summary>
    public string? Wrong()
    {
        if (!IsFar)
        {
            return null;
        }

        for (var place = 0; place < Places; place++)
        {
            if (_lives[place] is { } life && life.Entries == _entries
                && (life.IsStoring || (HasOneToStore(life) && life.Hold.MayStore(life.Entries, _now))))
            {
                return $"place {place} may store entry {_entries + 1} while the row is far away";
            }
        }

        if (_row is null)
        {
            return _start > 0 ? "the row of a run that has started is gone" : null;
        }

        var known = _row.Holder is { } holder
            ? Array.Find(_lives, life => life?.Name == holder)?.Entries ?? _entries
            : _row.Entries;
        return known < _entries ? $"the row is far away for one that knows {known} of {_entries} entries" : null;
    }

    public void Move(int place, int move)
    {
        if (_lives[place] is not { } life)
        {
            _lives[place] = new Life(Started[1].Id, $"life-{++_incarnations}", _entries);
            Look(_lives[place]!, isWaiting: false);
            return;
        }

        switch (move)
        {
            case 0:
                Look(life, isWaiting: true);
                break;
            case 1 when life.Steps.TryDequeue(out var step):
                life.Answers.Enqueue((step, _row));
                _row = step.Apply(_row);
                break;
            case 2 when life.Answers.TryDequeue(out var answer):
                Hear(place, life, answer.Step, answer.Before);
                break;
            case 3:
                BeginStoring(life);
                break;
            case 4 when life.IsStoring:
                Store(place, life);
                break;
            case 5:
                if (life.Hold.Doubt() is { } again)
                {
                    life.Steps.Enqueue(again);
                }

                Look(life, isWaiting: false);
                break;
            case 6 when !life.IsStoring:
                LetGo(place, life);
                break;
            case 7:
                _lives[place] = null;
                break;
            case 8:
                _now += Patience;
                break;
            case 9:
                // Whoever starts a run first sees to it that it is looked for.
                _row = new DueStep.Remind(Started[1].Id, _now + Patience).Apply(_row);
                life.IsToStart = !HasStarted(life);
                Look(life, isWaiting: false);
                break;
            case 10 when !HasStarted(life) && !life.IsToStart && !life.IsStoring:
                life.Hold.Drop();
                Look(life, isWaiting: false);
                break;
        }
    }

    private static RunState[] States(RunState first, int entries)
    {
        var states = new RunState[Most];
        states[entries] = first;
        for (entries++; entries < Most; entries++)
        {
            states[entries] = states[entries - 1].EndEntry();
        }

        return states;
    }

    private bool HasStarted(Life life) => _start > 0 && _start <= life.Entries;

    private RunState StateOf(Life life) => (HasStarted(life) ? Started : Unstarted)[life.Entries];

    private bool HasOneToStore(Life life) => HasStarted(life) || life.IsToStart;

    private void Look(Life life, bool isWaiting)
    {
        var wish = life.Hold.Next(
            StateOf(life), isKnown: true, (isWaiting && HasStarted(life)) || life.IsToStart || life.IsStoring, _now);
        if (wish.Step is { } step)
        {
            life.Steps.Enqueue(step);
        }

        life.IsStoring |= wish.WantsProof;
    }

    private void BeginStoring(Life life) =>
        life.IsStoring |= HasOneToStore(life) && life.Entries < Most - 1 && life.Hold.MayStore(life.Entries, _now);

    private void Store(int place, Life life)
    {
        life.IsStoring = false;
        if (life.Entries < _entries)
        {
            _lives[place] = null;
            return;
        }

        life.Entries = ++_entries;
        _start = _start == 0 && life.IsToStart ? _entries : _start;
        life.IsToStart = false;
        life.Hold.Stored(life.Entries);
        Look(life, isWaiting: false);
    }

    private void Hear(int place, Life life, DueStep step, DueRow? before)
    {
        if (!life.Hold.Hear(step, before))
        {
            _lives[place] = null;
            return;
        }

        Look(life, isWaiting: false);
    }

    private void LetGo(int place, Life life)
    {
        // Its last step is on its way, and arrives even though its writer has gone.
        if (life.Hold.Release(StateOf(life), isKnown: true, _now) is { } release)
        {
            life.Steps.Enqueue(release);
            life.IsGone = true;
        }

        if (life.IsGone && life.Steps.Count == 0)
        {
            _lives[place] = null;
        }
    }

    private sealed class Life(RunId run, string name, int entries)
    {
        public string Name => name;

        public DueHold Hold { get; } = new(run, name, Patience);

        public int Entries { get; set; } = entries;

        public bool IsStoring { get; set; }

        /// <summary>A start waits here, or is being stored.</summary>
        public bool IsToStart { get; set; }

        public bool IsGone { get; set; }

        public Queue<DueStep> Steps { get; } = new();

        public Queue<(DueStep Step, DueRow? Before)> Answers { get; } = new();
    }
}
