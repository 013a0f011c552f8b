using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Checks;
using Executor.Core.Tests.Simulation.Parts;
using Executor.Core.Tests.Simulation.Programs;
using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>Everything that one run meets, in one thread, moved one step at a time.</summary>
internal sealed class World
{
    public static readonly DateTimeOffset Epoch = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Moves _moves = new();
    private readonly Part[] _parts;
    private readonly Node[] _nodes;
    private int _faultsLeft;
    private int _turn;
    private DateTimeOffset _calmSince;

    public World(Scenario scenario, Profile profile, Build build, Schedule schedule, Trace? trace = null)
    {
        Scenario = scenario;
        Profile = profile;
        Build = build;
        Schedule = schedule;
        Trace = trace;
        _faultsLeft = profile.Faults;
        Journal = new Journal(build.HasFence);
        Guard = new GuardTable(this);
        Checks = new Invariants(this);
        _nodes = new Node[profile.Nodes];
        for (var index = 0; index < _nodes.Length; index++)
        {
            _nodes[index] = new Node(this, index);
        }

        Workers = [.. Enumerable.Range(0, profile.Workers).Select(index => new Worker(this, index))];
        Client = new Client(this);
        Clock = new Clock(this);
        People = new People(this);
        _parts = [Client, .. Nodes, .. Workers, new Broker(this), People];
    }

    public Scenario Scenario { get; }

    public Profile Profile { get; }

    public Build Build { get; }

    public Schedule Schedule { get; }

    public Trace? Trace { get; }

    public Statistics Statistics { get; } = new();

    public DateTimeOffset Now { get; set; } = Epoch;

    public RunId Run { get; } = new("r1");

    public Journal Journal { get; }

    public GuardTable Guard { get; }

    public Ledger Ledger { get; } = new();

    public Invariants Checks { get; }

    public MessageQueue<TaskRequest> Tasks { get; } = new();

    public MessageQueue<TaskResult> Results { get; } = new();

    public MessageQueue<Claim> Claims { get; } = new();

    public Node[] Nodes => _nodes;

    public Worker[] Workers { get; }

    public Client Client { get; }

    public Clock Clock { get; }

    public People People { get; }

    /// <summary>Beside the journal.</summary>
    public ResultTable Kept { get; } = new();

    public RunState? Snapshot { get; set; }

    /// <summary>When somebody must look after the run, and who has it in hand.</summary>
    public DueRow? Due { get; set; }

    /// <summary>Lives of the run's actor so far, on all nodes.</summary>
    public int Incarnations { get; set; }

    /// <summary>Healed for good: from here on everything must come to its end.</summary>
    public bool IsCalm { get; private set; }

    /// <summary>Time since then; zero while there are faults.</summary>
    public TimeSpan CalmFor => IsCalm ? Now - _calmSince : TimeSpan.Zero;

    public bool Has(Flaw flaw) => Build.Flaw == flaw;

    public Node? AnyNode()
    {
        foreach (var node in _nodes)
        {
            if (node.IsUp)
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>The journal's own state, from an actor that is up to date or by reading it.</summary>
    public RunState Truth()
    {
        foreach (var node in Nodes)
        {
            if (node.Runs.Current is { } run && run.Entries == Journal.Last && Build.HasFence)
            {
                return run;
            }
        }

        return Replay.Fold(this, 0, Build.Rules.New(Run));
    }

    public void Faulted(FaultKind kind)
    {
        _faultsLeft--;
        Statistics.Count(kind, Scenario.Blocks);
    }

    /// <summary>Runs to the end or to the first violation; an exception of the rules is one.</summary>
    public Violation? Play()
    {
        Statistics.Runs = 1;
        try
        {
            PlayAll();
        }
        catch (Exception thrown)
        {
            Checks.Break("THROW", thrown.ToString());
        }

        Statistics.Entries = Journal.Rows.Count;
        Statistics.Slots = Guard.Lines.Count;
        return Checks.Violation;
    }

    private void PlayAll()
    {
        while (Checks.Violation is null && !Schedule.IsExhausted && Step(Schedule.Next()))
        {
        }

        if (Checks.Violation is null)
        {
            Calm();
            Checks.AtEnd();
        }
    }

    /// <returns>False when nothing can move any more.</returns>
    private bool Step(int choice)
    {
        if (Schedule.IsExplored)
        {
            Explore();
        }

        var side = 31 - (choice & 31);
        var pick = choice >> 5;
        if (side < Profile.FaultShare)
        {
            if (_faultsLeft > 0)
            {
                Offer(static (part, moves) => part.OfferFaults(moves));
                if (Take(pick))
                {
                    return true;
                }
            }
        }
        else if (side < Profile.FaultShare + Profile.TimeShare)
        {
            if (Clock.TryAdvance())
            {
                return true;
            }
        }
        else if (side < Profile.FaultShare + Profile.TimeShare + Profile.RareShare)
        {
            Offer(static (part, moves) => part.OfferRare(moves));
            if (Take(pick))
            {
                return true;
            }
        }

        Offer(static (part, moves) => part.Offer(moves));
        if (Take(pick) || Clock.TryAdvance())
        {
            return true;
        }

        Offer(static (part, moves) => part.OfferRare(moves));
        return Take(pick);
    }

    private void Explore()
    {
        Offer(static (part, moves) => part.OfferFaults(moves));
        var faults = _faultsLeft > 0 ? _moves.Count : 0;
        Offer(static (part, moves) => part.OfferRare(moves));
        var rare = _moves.Count;
        Offer(static (part, moves) => part.Offer(moves));
        Schedule.Seen(new Width(_moves.Count, faults, rare));
    }

    private void Calm()
    {
        IsCalm = true;
        _calmSince = Now;
        _faultsLeft = 0;
        Trace?.Note("-- faults stop, everything is healed");
        foreach (var part in _parts)
        {
            (part as IHealing)?.Heal();
        }

        while (Checks.Violation is null)
        {
            Offer(static (part, moves) => part.Offer(moves));
            if (!Take(_turn++) && !Clock.TryAdvance())
            {
                return;
            }

            if (Checks.IsOutOfPatience(_turn))
            {
                Checks.Stuck($"still busy after {_turn} steps without faults");
                return;
            }
        }
    }

    private void Offer(Action<Part, Moves> offer)
    {
        _moves.Clear();
        foreach (var part in _parts)
        {
            offer(part, _moves);
        }
    }

    private bool Take(int pick)
    {
        if (_moves.Count == 0)
        {
            return false;
        }

        var move = _moves[pick % _moves.Count];
        Trace?.Step(move);
        Statistics.Steps++;
        move.Part.Do(move.Code, move.Arg);
        return true;
    }
}
