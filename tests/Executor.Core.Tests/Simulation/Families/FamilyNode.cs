using Executor.Core.Runs;

namespace Executor.Core.Tests.Simulation.Families;

/// <summary>A process: lives of runs, and what it has to do for them. All of it is lost when it dies.</summary>
internal sealed class FamilyNode
{
    public Dictionary<RunId, Life> Lives { get; } = [];

    /// <summary>With the life that hears the answer.</summary>
    public Queue<(DueStep Step, Life Life)> Dues { get; } = new();

    public List<Errand> Errands { get; } = [];

    public List<(Life Life, RunEffect Effect)> Outgoing { get; } = [];

    public void Add(Errand errand)
    {
        Errands.RemoveAll(known => known.Key == errand.Key);
        Errands.Add(errand);
    }

    public void Die()
    {
        foreach (var life in Lives.Values)
        {
            life.LoseLetters();
        }

        Lives.Clear();
        Dues.Clear();
        Errands.Clear();
        Outgoing.Clear();
    }
}
