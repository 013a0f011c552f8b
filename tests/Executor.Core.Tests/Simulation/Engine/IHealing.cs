namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>A part that faults can put out of order.</summary>
internal interface IHealing
{
    void Heal();
}
