using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Engine;

namespace Executor.Core.Tests.Simulation.Parts;

/// <summary>A worker as a process: it is killed, sleeps, loses the broker.</summary>
internal sealed class Worker : Part, IHealing
{
    private enum Code
    {
        Kill,
        Restart,
        Pause,
        Resume,
        Cut,
        Reconnect,
    }

    private HandsShell _hands;
    private bool _isDead;
    private bool _isPaused;
    private int _claims;

    public Worker(World world, int index)
        : base(world)
    {
        Name = $"worker{index}";
        _hands = new HandsShell(this);
    }

    public override string Name { get; }

    /// <summary>The broker does not hear it, nor it the broker.</summary>
    public bool IsCut { get; private set; }

    /// <summary>A lease in its hands is due for renewal and nothing keeps it from renewing.</summary>
    public bool IsBusyWithLease => IsFree && !IsCut && World.AnyNode() is not null && _hands.IsRenewalDue();

    private bool IsFree => !_isDead && !_isPaused;

    /// <summary>Never the same again, whatever process asks.</summary>
    public string NextClaim() => $"{Name}.{++_claims}";

    public void Hear(string claim, string? token) => _hands.Hear(claim, token);

    public void Cancel(Slot slot) => _hands.Cancel(slot);

    /// <summary>When something of its own is due; null when nothing is.</summary>
    public DateTimeOffset? NextTime() => _hands.NextTime();

    public override void Offer(Moves moves)
    {
        if (IsFree)
        {
            _hands.Offer(moves);
        }
    }

    public override void OfferFaults(Moves moves)
    {
        if (_isDead)
        {
            return;
        }

        moves.AddFault(this, (int)Code.Kill, FaultKind.WorkerKill);
        if (!IsCut)
        {
            moves.AddFault(this, (int)Code.Cut, FaultKind.WorkerCut);
        }

        if (!_isPaused)
        {
            moves.AddFault(this, (int)Code.Pause, FaultKind.WorkerPause);
            _hands.OfferFaults(moves);
        }
    }

    public override void OfferRare(Moves moves)
    {
        if (_isDead)
        {
            moves.Add(this, (int)Code.Restart);
        }

        if (_isPaused)
        {
            moves.Add(this, (int)Code.Resume);
        }

        if (IsCut)
        {
            moves.Add(this, (int)Code.Reconnect);
        }
    }

    public override void Do(int code, int arg)
    {
        switch ((Code)code)
        {
            case Code.Kill:
                World.Faulted(FaultKind.WorkerKill);
                _isDead = true;
                _isPaused = false;
                _hands.Die();
                _hands = new HandsShell(this);
                break;
            case Code.Restart:
                _isDead = false;
                break;
            case Code.Pause:
                World.Faulted(FaultKind.WorkerPause);
                _isPaused = true;
                break;
            case Code.Resume:
                _isPaused = false;
                break;
            case Code.Cut:
                World.Faulted(FaultKind.WorkerCut);
                IsCut = true;
                World.Tasks.ReturnAllOf(_hands);
                break;
            case Code.Reconnect:
                IsCut = false;
                break;
        }
    }

    public override string Describe(int code, int arg) => ((Code)code).ToString();

    public void Heal()
    {
        _isDead = false;
        _isPaused = false;
        IsCut = false;
    }
}
