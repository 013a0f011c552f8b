using Executor.Chaos.Deployment;
using Executor.Chaos.Evidences;
using Executor.Chaos.Processes;

namespace Executor.Chaos.Faults;

/// <summary>A database that goes away, stands still or is slow, and is itself again after a while.</summary>
internal sealed class DatabaseFaults(ClusterUnderTest cluster)
{
    public const string Tracer = "strace";
    private const int ShortestDelay = 20;
    private const int LongestDelay = 200;

    private static readonly Hit Database = new("database");
    private static readonly TimeSpan TracerPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PanicPatience = TimeSpan.FromSeconds(60);

    /// <summary>What must stand before the fault begins.</summary>
    public Task PrepareAsync(PlannedFault planned) =>
        planned.Kind == FaultKind.DatabaseFailover ? cluster.Servers.AddStandbyAsync() : Task.CompletedTask;

    public Task<Hit> BreakAsync(PlannedFault planned, CancellationToken stop) => planned.Kind switch
    {
        FaultKind.DatabaseKill => KillAsync(planned.Length, stop),
        FaultKind.DatabaseRestart => RestartAsync(planned.Length, stop),
        FaultKind.DatabaseFreeze => FreezeAsync(planned.Length, stop),
        FaultKind.DatabaseCut => CutAsync(stop),
        FaultKind.DatabaseFlapping => FlapAsync(planned, stop),
        FaultKind.DatabaseSlow => SlowAsync(planned, stop),
        FaultKind.DatabaseFailover => FailOverAsync(),
        FaultKind.DatabasePanic => PanicAsync(stop),
        FaultKind.EntriesHeld => HoldAsync(stop),
        _ => throw new ArgumentOutOfRangeException(nameof(planned), planned.Kind, "No fault of the database."),
    };

    private async Task<Hit> KillAsync(TimeSpan away, CancellationToken stop)
    {
        // Its children notice, and end by themselves. Until somebody has waited for it, the next start takes it for alive.
        var server = cluster.Servers.DatabaseProcesses()[0];
        Libc.Kill(server, (int)Signal.Kill);
        while (ProcessTree.Exists(server))
        {
            await Task.Delay(50, stop);
        }

        await Task.Delay(away, stop);
        await cluster.Servers.StartDatabaseAsync();
        return Database;
    }

    private async Task<Hit> RestartAsync(TimeSpan away, CancellationToken stop)
    {
        await cluster.Servers.StopDatabaseAsync("immediate");
        await Task.Delay(away, stop);
        await cluster.Servers.StartDatabaseAsync();
        return Database;
    }

    private async Task<Hit> FreezeAsync(TimeSpan length, CancellationToken stop)
    {
        var frozen = cluster.Servers.DatabaseProcesses();
        foreach (var process in frozen)
        {
            Libc.Kill(process, (int)Signal.Stop);
        }

        await Task.Delay(length, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var process in frozen)
        {
            Libc.Kill(process, (int)Signal.Continue);
        }

        return Database;
    }

    private async Task<Hit> CutAsync(CancellationToken stop)
    {
        await using var database = new DatabaseReader(cluster.Servers.Database);
        return new Hit($"{await database.CutNodesAsync(stop)} connections of nodes");
    }

    /// <summary>Away for up to 2 s, there for 5 to 10.</summary>
    private async Task<Hit> FlapAsync(PlannedFault planned, CancellationToken stop)
    {
        var dice = new Random(planned.Target);
        var until = DateTimeOffset.UtcNow + planned.Length;
        while (true)
        {
            await RestartAsync(TimeSpan.FromSeconds(2 * dice.NextDouble()), stop);
            var there = TimeSpan.FromSeconds(5 + (5 * dice.NextDouble()));
            if (DateTimeOffset.UtcNow + there > until)
            {
                return Database;
            }

            await Task.Delay(there, stop);
        }
    }

    /// <summary>A tracer keeps each of its processes, and those that it makes meanwhile, waiting before they flush.</summary>
    private async Task<Hit> SlowAsync(PlannedFault planned, CancellationToken stop)
    {
        var delay = ShortestDelay + (planned.Target % (LongestDelay - ShortestDelay));
        var processes = cluster.Servers.DatabaseProcesses().SelectMany(process => new[] { "-p", $"{process}" });
        using var tracer = cluster.Launch(
            Machine.Here, Tracer,
            ["-f", "-e", "trace=fdatasync", "-e", $"inject=fdatasync:delay_enter={delay * 1_000}", "-o", "/dev/null", .. processes],
            [], Tracer);
        await Task.Delay(planned.Length, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (tracer.HasEnded)
        {
            throw new HarnessException($"{Tracer} ended with {tracer.ExitCode} instead of slowing the database down; see {Tracer}.log.");
        }

        await tracer.EndAsync(TracerPatience);
        return new Hit($"database, {delay} ms for each flush");
    }

    /// <summary>Sessions that begin meanwhile flush as ever; the first commit of another one is enough.</summary>
    private async Task<Hit> PanicAsync(CancellationToken stop)
    {
        await using var database = new DatabaseReader(cluster.Servers.Database);
        var sessions = (await database.NodeSessionsAsync(stop)).SelectMany(process => new[] { "-p", $"{process}" });
        using var tracer = cluster.Launch(
            Machine.Here, Tracer,
            ["-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO", "-o", "/dev/null", .. sessions], [], Tracer);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(PanicPatience);
        // It goes with those that it traces.
        await tracer.WhenEnded(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!tracer.HasEnded)
        {
            await tracer.EndAsync(TracerPatience);
            throw new HarnessException($"The database goes on although it cannot flush; see {Tracer}.log.");
        }

        while (!await database.AnswersAsync(stop))
        {
            await Task.Delay(100, stop);
        }

        return Database;
    }

    private async Task<Hit> HoldAsync(CancellationToken stop)
    {
        await using var frozen = new FrozenNode(cluster.NodeDatabase);
        var held = await frozen.HoldAsync(stop);
        await frozen.IsEndedAsync(stop);
        return new Hit($"the next entries of {held} runs");
    }

    private async Task<Hit> FailOverAsync()
    {
        await cluster.Servers.FailOverAsync();
        return Database;
    }
}
