using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>One process of the executor. Its memory is its shells; a crash takes them all.</summary>
internal sealed class Node : Part, IHealing
{
    private enum Code
    {
        Crash,
        Restart,
        Pause,
        Resume,
        MoveBelief,
        Skew,
        Revive,
    }

    /// <summary>How far a node's clock may be off.</summary>
    public static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(7);

    private bool _isDead;
    private bool _isPaused;
    private bool _hasFallen;

    public Node(World world, int index)
        : base(world)
    {
        Index = index;
        Name = $"node{index}";
        Start();
    }

    public int Index { get; }

    public override string Name { get; }

    public bool IsUp => !_isDead && !_isPaused;

    public bool IsDead => _isDead;

    /// <summary>Which node it takes for the home of the run.</summary>
    public int Belief { get; private set; }

    public TimeSpan Skew { get; private set; }

    public DateTimeOffset Now => World.Now + Skew;

    /// <summary>It expires no lease before it has been there for a whole one.</summary>
    public DateTimeOffset ExpiresFrom { get; private set; }

    public RunShell Runs { get; private set; } = null!;

    public DispatcherShell Dispatcher { get; private set; } = null!;

    public SettlingShell Settling { get; private set; } = null!;

    public ReconcilerShell Reconciler { get; private set; } = null!;

    public DueShell Dues { get; private set; } = null!;

    public PeopleShell People { get; private set; } = null!;

    private DeskShell Desk { get; set; } = null!;

    /// <summary>Sends a command to where this node believes the run to be.</summary>
    public Envelope Ask(Envelope envelope)
    {
        var home = World.Nodes[Belief];
        envelope.Home = home;
        if (home.IsDead)
        {
            envelope.IsLost = true;
        }
        else
        {
            home.Runs.Receive(envelope);
        }

        return envelope;
    }

    /// <summary>Its run has stopped by itself: it is woken again, wherever it then lives.</summary>
    public void NoteFall() => _hasFallen = true;

    public bool IsAnswering(string claim) => IsUp && Desk.IsAnswering(claim);

    public override void Offer(Moves moves)
    {
        if (IsUp)
        {
            Runs.Offer(moves);
            Dispatcher.Offer(moves);
            Desk.Offer(moves);
            Settling.Offer(moves);
            Reconciler.Offer(moves);
            Dues.Offer(moves);
            People.Offer(moves);
            if (_hasFallen)
            {
                moves.Add(this, (int)Code.Revive);
            }
        }
    }

    public override void OfferFaults(Moves moves)
    {
        if (!IsUp)
        {
            return;
        }

        moves.AddFault(this, (int)Code.Crash, FaultKind.NodeCrash);
        moves.AddFault(this, (int)Code.Pause, FaultKind.NodePause);
        moves.AddFault(this, (int)Code.Skew, FaultKind.ClockSkewed);
        if (World.Nodes.Length > 1)
        {
            moves.AddFault(this, (int)Code.MoveBelief, FaultKind.BeliefMoved);
        }

        Runs.OfferFaults(moves);
        Dispatcher.OfferFaults(moves);
        Desk.OfferFaults(moves);
        Settling.OfferFaults(moves);
        Reconciler.OfferFaults(moves);
        Dues.OfferFaults(moves);
        People.OfferFaults(moves);
    }

    public override void OfferRare(Moves moves)
    {
        if (_isDead)
        {
            moves.Add(this, (int)Code.Restart);
        }
        else if (_isPaused)
        {
            moves.Add(this, (int)Code.Resume);
        }
        else
        {
            Runs.OfferRare(moves);
        }
    }

    public override void Do(int code, int arg)
    {
        switch ((Code)code)
        {
            case Code.Crash:
                World.Faulted(FaultKind.NodeCrash);
                Die();
                break;
            case Code.Restart:
                Start();
                break;
            case Code.Pause:
                World.Faulted(FaultKind.NodePause);
                _isPaused = true;
                Abdicate();
                break;
            case Code.Resume:
                _isPaused = false;
                break;
            case Code.MoveBelief:
                World.Faulted(FaultKind.BeliefMoved);
                Belief = (Belief + 1) % World.Nodes.Length;
                break;
            case Code.Skew:
                World.Faulted(FaultKind.ClockSkewed);
                Skew = Skew == TimeSpan.Zero ? (Index == 0 ? MostSkew : -MostSkew) : TimeSpan.Zero;
                break;
            case Code.Revive:
                _hasFallen = false;
                Ask(new Envelope(null));
                break;
        }
    }

    public override string Describe(int code, int arg) => ((Code)code).ToString();

    /// <summary>The nodes agree again, on any of them; an incarnation elsewhere is stopped.</summary>
    public void Heal()
    {
        if (_isDead)
        {
            Start();
        }

        _isPaused = false;
        Skew = TimeSpan.Zero;
        Belief = World.Journal.Rows.Count % World.Nodes.Length;
        if (Belief != Index)
        {
            Runs.Stop();
        }
    }

    private void Start()
    {
        (_isDead, _hasFallen) = (false, false);
        ExpiresFrom = World.Now == Engine.World.Epoch ? World.Now : World.Now + World.Profile.Lease;
        Runs = new RunShell(this);
        Dispatcher = new DispatcherShell(this);
        Desk = new DeskShell(this);
        Settling = new SettlingShell(this);
        Reconciler = new ReconcilerShell(this);
        Dues = new DueShell(this);
        People = new PeopleShell(this);
    }

    private void Die()
    {
        _isDead = true;
        Runs.NoteDeath();
        Dispatcher.NoteDeath();
        Desk.NoteDeath();
        Settling.NoteDeath();
        Dues.NoteDeath();
        People.NoteDeath();
        Runs.Stop();
        World.Results.ReturnAllOf(Settling);
        Abdicate();
    }

    /// <summary>The others notice; this node itself, when it only slept, believes on.</summary>
    private void Abdicate()
    {
        foreach (var node in World.Nodes)
        {
            if (node != this && node.Belief == Index)
            {
                node.Belief = node.Index;
            }
        }
    }
}
