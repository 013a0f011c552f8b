namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>A thing of the world that takes steps: each is one input or one effect, so a crash fits between any two.</summary>
internal abstract class Part(World world)
{
    public World World { get; } = world;

    public abstract string Name { get; }

    /// <summary>What it would do by itself.</summary>
    public abstract void Offer(Moves moves);

    /// <summary>What may go wrong with it now; each counts against the budget of faults.</summary>
    public virtual void OfferFaults(Moves moves)
    {
    }

    /// <summary>What is neither its own way nor a fault: healing, passivating, a command from outside.</summary>
    public virtual void OfferRare(Moves moves)
    {
    }

    public abstract void Do(int code, int arg);

    public abstract string Describe(int code, int arg);
}
