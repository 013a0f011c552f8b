using Dapper;
using Executor.Storage.Reading;
using Npgsql;

namespace Executor.Storage.Postgres;

/// <summary>The pool of a process's stores. Every call is one round trip and one transaction, and bears repeating.</summary>
internal sealed class PostgresDatabase : IQueries, IAsyncDisposable
{
    private const int MostRaces = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly NpgsqlDataSource _source;
    private readonly TimeSpan _repeatFor;
    private readonly string _place;

    public PostgresDatabase(PostgresOptions options)
    {
        _source = NpgsqlDataSource.Create(PostgresConnections.Stores(options));
        _repeatFor = options.RepeatFor;
        _place = PostgresConnections.Place(options);
    }

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object values, CancellationToken stop) =>
        RunAsync<IReadOnlyList<T>>(
            async connection => (await connection.QueryAsync<T>(
                new CommandDefinition(sql, values, cancellationToken: stop))).AsList(),
            stop);

    /// <summary>Runs a batch of statements as one transaction; what may pass is repeated, with growing pauses.</summary>
    /// <exception cref="Core.StorageException">The database could not be used.</exception>
    /// <exception cref="InvalidOperationException">The database refused a statement: a bug of the caller.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken stop)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var pause = FirstPause;
        for (var races = 0; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(stop);
                return await work(connection);
            }
            catch (Exception exception) when (PostgresFault.Of(exception, _place) is { } fault)
            {
                var late = TimeProvider.System.GetElapsedTime(begun) + pause > _repeatFor;
                if (fault.Kind is FaultKind.Lasting || (fault.Kind is FaultKind.Passing && late))
                {
                    throw fault.ToException();
                }

                if (fault.Kind is FaultKind.Race && ++races > MostRaces)
                {
                    throw Refused(exception);
                }
            }
            catch (PostgresException exception)
            {
                throw Refused(exception);
            }

            // All who were cut off together must not come back together.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), stop);
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static InvalidOperationException Refused(Exception exception) =>
        new($"The database refuses a statement: {exception.Message}", exception);
}
