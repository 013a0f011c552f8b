namespace Executor.Chaos.Bars;

/// <summary>Something that happens to an installation, and how soon its work must go on then.</summary>
/// <param name="Event">What happens.</param>
/// <param name="Measured">What the time is that is measured.</param>
/// <param name="Most">What it may be.</param>
/// <param name="TryAsync">Lets it happen once, the first time with number 0; returns the time of whatever waited longest, or nothing when nothing was left to wait.</param>
internal sealed record Bar(
    string Event, string Measured, TimeSpan Most, Func<Stage, int, CancellationToken, Task<IReadOnlyList<TimeSpan>>> TryAsync)
{
    public static IReadOnlyList<Bar> All { get; } =
    [
        new("kill -9 of the node that owns runs", "longest silence of such a run", TimeSpan.FromSeconds(15), NodeKilled.TryAsync),
        new("PostgreSQL restarted", "until all runs go on, once it answers", TimeSpan.FromSeconds(5), DatabaseRestarted.TryAsync),
        new("RabbitMQ restarted", "until all runs go on, once its port is open", TimeSpan.FromSeconds(5), BrokerRestarted.TryAsync),
        new(
            "kill -9 of a worker", "until the last of its actions begins again", Deployment.Node.Lease + TimeSpan.FromSeconds(5),
            WorkerKilled.TryAsync),
        new("rolling restart, each node", "longest silence of a run it owned", TimeSpan.FromSeconds(5), RollingRestart.TryAsync),
    ];
}
