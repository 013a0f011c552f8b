using Executor.Chaos.Faults;

namespace Executor.Chaos;

/// <summary>How long a campaign lasts and what it does.</summary>
/// <param name="Storm">How long new faults are begun; null until each kind of the list was there once.</param>
/// <param name="PerSecond">Runs started.</param>
/// <param name="WarmUp">Load that is not judged by how calls are answered, while everything is compiled and filled.</param>
/// <param name="MostOpen">Runs that may be open before starts are put off.</param>
/// <param name="Kinds">In a smoke campaign each once; else drawn again and again, each once before any again.</param>
/// <param name="Rest">Waited at the end, before processes are looked at; zero looks at none.</param>
/// <param name="MostTime">Of the whole campaign; then it gives up.</param>
/// <param name="HasNetwork">Whether the campaign is in network namespaces, where the rights suffice.</param>
/// <param name="NodeFreezes">Seconds that a node stands still; the others remove it after about six.</param>
internal sealed record Profile(
    string Name, TimeSpan WarmUp, TimeSpan Baseline, TimeSpan? Storm, double PerSecond, int MostOpen,
    IReadOnlyList<FaultKind> Kinds, (double Least, double Most) GapSeconds, TimeSpan Rest, TimeSpan MostTime,
    IReadOnlyList<double> NodeFreezes, bool HasNetwork)
{
    public static Profile Smoke { get; } = new(
        "smoke", TimeSpan.Zero, TimeSpan.FromSeconds(6), Storm: null, PerSecond: 4, MostOpen: 150,
        [
            FaultKind.NodeKill, FaultKind.NodeFreeze, FaultKind.NodeRestart, FaultKind.WorkerKill, FaultKind.WorkerFreeze,
            FaultKind.DatabaseRestart, FaultKind.DatabaseCut, FaultKind.BrokerKill, FaultKind.BrokerCut,
            FaultKind.TasksPurged, FaultKind.WorkerDeaths, FaultKind.Poisoned,
        ],
        GapSeconds: (1, 3), Rest: TimeSpan.Zero, MostTime: TimeSpan.FromMinutes(12), NodeFreezes: [1.5],
        HasNetwork: false);

    public static Profile Short { get; } = new(
        "short", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(5), PerSecond: 8, MostOpen: 400,
        Enum.GetValues<FaultKind>(), GapSeconds: (2, 6), Rest: TimeSpan.FromSeconds(60), MostTime: TimeSpan.FromMinutes(25),
        NodeFreezes: [2, 6, 8, 20], HasNetwork: true);

    public static Profile Long { get; } = Short with
    {
        Name = "long",
        Storm = TimeSpan.FromMinutes(60),
        MostTime = TimeSpan.FromMinutes(120),
    };

    /// <summary>No faults: what must hold of them must hold without.</summary>
    public static Profile Calm { get; } = Smoke with { Name = "calm", Baseline = TimeSpan.FromSeconds(15), Kinds = [] };

    /// <summary>The same on loopback: nothing that needs cables.</summary>
    public Profile OnLoopback() => this with { HasNetwork = false, Kinds = [.. Kinds.Where(kind => !kind.NeedsNetwork())] };

    public static IReadOnlyList<Profile> All { get; } = [Calm, Smoke, Short, Long];
}
