namespace Executor.Chaos.Faults;

/// <summary>What is done when, drawn from a seed: the same seed gives the same plan.</summary>
internal static class NemesisPlan
{
    /// <summary>Below the lease of 10 s, and above it.</summary>
    private static readonly double[] WorkerFreezes = [3, 13, 18];

    /// <summary>Below what nodes need to notice it, long enough for one to leave, and for it to start and join again.</summary>
    private static readonly double[] Partitions = [3, 12, 25, 40];

    private static readonly double[] Outages = [5, 15, 25];

    /// <returns>Without end; each kind stands once in every round.</returns>
    public static IEnumerable<PlannedFault> Draw(int seed, Profile profile)
    {
        var dice = new Random(seed);
        while (true)
        {
            var round = profile.Kinds.ToArray();
            dice.Shuffle(round);
            foreach (var kind in round)
            {
                var (least, most) = profile.GapSeconds;
                yield return new PlannedFault(
                    kind, TimeSpan.FromSeconds(least + (dice.NextDouble() * (most - least))), dice.Next(1_000), Length(kind, profile, dice));
            }
        }
    }

    /// <summary>What is done side by side: a short campaign breaks nodes in one row, and everything else in another.</summary>
    public static IEnumerable<IEnumerable<PlannedFault>> Lanes(IEnumerable<PlannedFault> plan, Profile profile) =>
        profile.Storm is null
            ? plan.Take(profile.Kinds.Count).ToLookup(planned => planned.Kind.IsOfNodes())
            : [plan];

    private static TimeSpan Length(FaultKind kind, Profile profile, Random dice) => TimeSpan.FromSeconds(kind switch
    {
        FaultKind.NodeFreeze => profile.NodeFreezes[dice.Next(profile.NodeFreezes.Count)],
        FaultKind.WorkerFreeze => WorkerFreezes[dice.Next(WorkerFreezes.Length)],
        FaultKind.DatabaseFreeze => 10,
        FaultKind.DatabaseKill or FaultKind.DatabaseRestart => dice.NextDouble() * 3,
        FaultKind.BrokerKill or FaultKind.BrokerRestart => dice.NextDouble() * 2,
        FaultKind.NodeStarved or FaultKind.MessagesCopied => 20,
        FaultKind.DatabaseFlapping => 30,
        FaultKind.DatabaseSlow => 15,
        FaultKind.BrokerAlarm => 20,
        FaultKind.NodeUnplugged or FaultKind.NodePartitioned or FaultKind.NodeDeaf or FaultKind.NodesApart =>
            Partitions[dice.Next(Partitions.Length)],
        FaultKind.NodeFlapping => 20,
        FaultKind.NodeLossy => 15,
        FaultKind.NodeWithoutDatabase or FaultKind.NodeWithoutBroker or FaultKind.WorkerWithoutBroker =>
            Outages[dice.Next(Outages.Length)],
        _ => 0,
    });
}
