using System.Diagnostics;
using Npgsql;

namespace Executor.Chaos.Faults;

/// <summary>A session of a node that has written and does not commit, as when its process stands still just then.</summary>
internal sealed class FrozenNode(string connection) : IAsyncDisposable
{
    private const int MostRuns = 50;

    /// <summary>The server ends such a session after 2 s; on a busy machine it may come to it later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NpgsqlConnection _session = new(connection + ";Search Path=executor;Pooling=false");

    /// <summary>Writes the next entries of runs that are under way, as a node would that has them.</summary>
    /// <returns>How many.</returns>
    public async Task<int> HoldAsync(CancellationToken stop)
    {
        await _session.OpenAsync(stop);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            await ExecuteAsync("BEGIN", stop);
            if (await TryHoldAsync(stop) is > 0 and var held)
            {
                return held;
            }

            await ExecuteAsync("ROLLBACK", stop);
            await Task.Delay(100, stop);
        }

        throw new HarnessException("No run is under way whose next entry could be held.");
    }

    /// <exception cref="HarnessException">The server lets it stand there: the role of the nodes lacks its limits.</exception>
    public async Task IsEndedAsync(CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            try
            {
                // Without a word to the server, which would be a sign of life.
                await _session.WaitAsync(TimeSpan.FromSeconds(1), stop);
            }
            catch (NpgsqlException)
            {
                return;
            }
        }

        throw new HarnessException($"A session that stands still in a transaction is not ended within {Patience}.");
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async Task<int> TryHoldAsync(CancellationToken stop)
    {
        try
        {
            return await ExecuteAsync(
                $"""
                INSERT INTO journal (created, deleted, persistence_id, sequence_number, message)
                SELECT 0, false, j.persistence_id, max(j.sequence_number) + 1, ''
                FROM (SELECT run FROM due ORDER BY run LIMIT {MostRuns}) AS open
                JOIN journal AS j ON j.persistence_id = 'run-' || open.run
                GROUP BY j.persistence_id
                ON CONFLICT DO NOTHING
                """, stop);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable)
        {
            // The limits of a node hold for it, too.
            return 0;
        }
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, _session);
        return await command.ExecuteNonQueryAsync(stop);
    }
}
