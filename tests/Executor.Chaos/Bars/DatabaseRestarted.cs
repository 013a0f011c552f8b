using Npgsql;

namespace Executor.Chaos.Bars;

/// <summary>The database ends, in order or as in a crash, and begins again.</summary>
internal static class DatabaseRestarted
{
    /// <summary>Shorter and longer than those who need it are patient.</summary>
    private static readonly TimeSpan[] Away = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8)];

    public static async Task<IReadOnlyList<TimeSpan>> TryAsync(Stage stage, int number, CancellationToken stop)
    {
        var runs = await stage.UnderWayAsync(stop);
        await stage.Cluster.Servers.StopDatabaseAsync(number % 2 == 0 ? "immediate" : "fast");
        await Task.Delay(Away[number / 2 % Away.Length], stop);
        var answers = Stage.MomentAsync(token => AskAsync(stage.Cluster.Servers.Database, token), stop);
        await stage.Cluster.Servers.StartDatabaseAsync();
        var moment = await answers;

        await stage.CompletedAsync(runs, stop);
        return [.. Pace.UntilNext(stage.Ledger(), runs, moment)];
    }

    private static async Task AskAsync(string database, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection($"{database};Pooling=false;Timeout=1");
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.ExecuteScalarAsync(stop);
    }
}
