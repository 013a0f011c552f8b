namespace Executor.Core.Tests.Simulation.Engine;

/// <summary>Which engine the world is filled with.</summary>
/// <param name="HasGuard">Second layer: the guard row and the claim.</param>
/// <param name="HasFence">First layer: the unique sequence number of journal entries.</param>
/// <param name="Watched">Invariants that end a run when they break; the others are only counted. Null is all.</param>
internal sealed record Build(
    string Name, RunRules Rules, bool HasGuard = true, bool HasFence = true, Flaw Flaw = Flaw.None,
    IReadOnlySet<string>? Watched = null)
{
    public static readonly Build Full = new("full", new RunRules());

    /// <summary>The journal alone: sends are not guarded and workers start without a claim.</summary>
    public static readonly Build Layer1 = new("layer1", new RunRules(), HasGuard: false)
    {
        Watched = new HashSet<string> { "I1", "I6", "I9", "I10", "I11", "I12", "I14", "I15", "I16", "I17" },
    };

    /// <summary>The guard alone: every incarnation of the run believes itself and writes on.</summary>
    public static readonly Build Layer2 = new("layer2", new RunRules(), HasFence: false)
    {
        Watched = new HashSet<string> { "I3" },
    };
}
