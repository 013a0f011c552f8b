using System.Diagnostics;
using Npgsql;

namespace Executor.Chaos.Faults;

/// <summary>A table that takes no write until this is disposed.</summary>
/// <param name="connection">Npgsql's text, of somebody who may see the sessions of others and end them.</param>
internal sealed class HeldTable(string connection, string table) : IAsyncDisposable
{
    private readonly NpgsqlConnection _session = new(connection + ";Search Path=executor;Pooling=false");

    /// <summary>Waits for the writes that are under way.</summary>
    public async Task HoldAsync(CancellationToken stop)
    {
        await _session.OpenAsync(stop);
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE", _session);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <returns>The first session of a node that waits to write.</returns>
    /// <exception cref="HarnessException">Nobody writes within the patience.</exception>
    public async Task<TableWriter> WriterAsync(TimeSpan patience, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < patience)
        {
            await using var command = new NpgsqlCommand(
                """
                SELECT pid, host(client_addr) FROM pg_stat_activity
                WHERE usename = 'ex_node' AND pg_backend_pid() = ANY (pg_blocking_pids(pid)) LIMIT 1
                """,
                _session);
            await using var rows = await command.ExecuteReaderAsync(stop);
            if (await rows.ReadAsync(stop))
            {
                return new TableWriter(rows.GetInt32(0), rows.GetString(1));
            }

            await Task.Delay(5, stop);
        }

        throw new HarnessException($"No node has written to {table} within {patience}.");
    }

    /// <summary>What it was about to write is never written; without this it may be, although its client is gone.</summary>
    public async Task UndoAsync(TableWriter writer, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT pg_terminate_backend(@session, 10000)", _session);
        command.Parameters.AddWithValue("session", writer.Session);
        await command.ExecuteScalarAsync(stop);
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}

/// <param name="Session">The database's process.</param>
/// <param name="Address">Of the client.</param>
internal sealed record TableWriter(int Session, string Address);
