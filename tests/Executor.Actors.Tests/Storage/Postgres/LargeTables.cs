using Executor.Actors.Tests.Servers;

namespace Executor.Actors.Tests.Storage.Postgres;

/// <summary>A hundred thousand rows in each table, of which a few are open; and a schema without any.</summary>
public sealed class LargeTables : IAsyncLifetime
{
    private const string Fill =
        """
        INSERT INTO guard (dispatch_id, run, task, visit, item, attempt, entry, status, news_at, lease_until, ended_at, closed_at)
        SELECT md5(n::TEXT), 'run-' || n / 100, 'build', 1, n, 1, 1,
            CASE WHEN n < 7 THEN 'scheduled' WHEN n < 14 THEN 'running' ELSE 'completed' END,
            n, n, CASE WHEN n < 14 THEN NULL ELSE n END, CASE WHEN n < 21 THEN NULL ELSE n END
        FROM generate_series(0, 99999) AS n;
        INSERT INTO run SELECT
            'run-' || n, 1, 'release', 'h', CASE WHEN n % 14285 = 7 THEN 'running' ELSE 'completed' END,
            CASE WHEN n % 14285 = 7 THEN 0 ELSE 1 END, '[]', '[]', '[]', '[]', 'null', NULL, NULL, n / 3, n
        FROM generate_series(0, 99999) AS n;
        INSERT INTO execution SELECT
            md5(n::TEXT), 'run-' || n / 100, 'build', 1, n, 1, 1, 'completed', 1, 'core.noop', 'w', n, n, NULL
        FROM generate_series(0, 99999) AS n;
        INSERT INTO inquiry SELECT
            md5(n::TEXT), 'run-' || n / 100, 'ask', 1, n, 1, 1, 'release',
            CASE WHEN n % 14285 = 7 THEN 'running' ELSE 'completed' END,
            CASE WHEN n % 14285 = 7 THEN 0 ELSE 1 END, '{}', n / 3, NULL, n, NULL, NULL
        FROM generate_series(0, 99999) AS n;
        INSERT INTO due SELECT 'run-' || n, n FROM generate_series(0, 99999) AS n;
        INSERT INTO workflow SELECT md5(n::TEXT), 'release', 's', n FROM generate_series(0, 9999) AS n;
        INSERT INTO journal (created, deleted, persistence_id, sequence_number, message)
        SELECT n, false, 'run-' || n / 20, n % 20 + 1, '' FROM generate_series(0, 99999) AS n;
        ANALYZE guard, run, execution, inquiry, due, workflow, journal
        """;

    internal TestSchema Schema { get; private set; } = null!;

    internal TestSchema Empty { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Schema = await TestSchema.MadeAsync();
        Empty = await TestSchema.MadeAsync();
        await Schema.ExecuteAsync(Fill);
    }

    public async Task DisposeAsync()
    {
        await Schema.DisposeAsync();
        await Empty.DisposeAsync();
    }
}
