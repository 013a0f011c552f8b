namespace Executor.Core.Messages;

/// <summary>What a sign of life must say: it is kept in memory, so nothing in it is longer than it need be.</summary>
internal static class WireBeat
{
    private const int LongestText = 200;
    private const int MostPools = 100;
    private const int MostActions = 1_000;
    private const int MostSlots = 1_000_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <exception cref="MalformedMessageException">Names the member.</exception>
    public static void Check(WorkerBeat beat)
    {
        WireChecks.Filled(beat.Worker, "worker");
        foreach (var (text, member) in new[] { (beat.Worker, "worker"), (beat.Version, "version"), (beat.Host, "host") })
        {
            Demand(text.Length <= LongestText, member);
        }

        Demand(AreNames(beat.Pools, MostPools), "pools");
        Demand(AreNames(beat.Actions, MostActions), "actions");
        Demand(beat.Capacity is > 0 and <= MostSlots, "capacity");
        Demand(beat.Running is >= 0 and <= MostSlots, "running");
        Demand(beat.Every >= Shortest && beat.Every <= Longest, "everySeconds");
    }

    private static bool AreNames(IReadOnlyList<string> names, int most) =>
        names.Count <= most && names.All(name => name is { Length: > 0 and <= LongestText });

    private static void Demand(bool holds, string member)
    {
        if (!holds)
        {
            throw new MalformedMessageException($"'{member}' is outside its bounds.");
        }
    }
}
