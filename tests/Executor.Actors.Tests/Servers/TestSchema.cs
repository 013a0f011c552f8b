using Dapper;
using Executor.Actors.Tests.Contracts;
using Executor.Storage;
using Executor.Storage.Postgres;
using Npgsql;

namespace Executor.Actors.Tests.Servers;

/// <summary>A schema of its own in a database, and what stands in it.</summary>
internal sealed class TestSchema : IAsyncDisposable
{
    private NpgsqlConnection? _clock;

    private TestSchema(PostgresOptions options) => Options = options;

    public PostgresOptions Options { get; }

    /// <summary>Not yet made.</summary>
    public static async Task<TestSchema> UnmadeAsync(PostgresServer? server = null) => new(new PostgresOptions
    {
        Connection = (server ?? await PostgresServer.Shared).Connection,
        Schema = $"s_{Guid.NewGuid():N}",
        MaximumPoolSize = 8,
    });

    public static async Task<TestSchema> MadeAsync(PostgresServer? server = null)
    {
        var schema = await UnmadeAsync(server);
        await PostgresSchema.MigrateAsync(schema.Options, null, CancellationToken.None);
        return schema;
    }

    public Task<PostgresStores> OpenAsync() => PostgresStores.OpenAsync(Options, CancellationToken.None);

    /// <summary>As nobody's program sees it.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Options.Connection) { SearchPath = Options.Schema, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await connection.ExecuteAsync(sql);
    }

    /// <summary>From now on the clock of this schema moves by hand.</summary>
    public async Task<Clock> StopClockAsync(DateTimeOffset at)
    {
        var connection = _clock = await ConnectAsync();
        await connection.ExecuteAsync(
            $"""
            CREATE TABLE clock AS SELECT {Micros.Of(at)}::BIGINT AS micros;
            CREATE OR REPLACE FUNCTION executor_now() RETURNS BIGINT LANGUAGE sql STABLE AS 'SELECT micros FROM clock';
            """);
        return new Clock(by => connection.Execute("UPDATE clock SET micros = micros + @by", new { by = Micros.Of(by) }));
    }

    public async ValueTask DisposeAsync()
    {
        if (_clock is not null)
        {
            await _clock.DisposeAsync();
        }

        await using var connection = await ConnectAsync();
        await connection.ExecuteAsync($"DROP SCHEMA IF EXISTS {Options.Schema} CASCADE");
    }
}
