using Dapper;
using Executor.Actors.Tests.Contracts;
using Executor.Core.Runs;
using Executor.Core;
using Executor.Storage;

namespace Executor.Actors.Tests.Storage;

public sealed class SchemaTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task The_steps_are_applied_once_each_in_order()
    {
        using var directory = new DataDirectory();
        await (await directory.OpenAsync()).DisposeAsync();
        directory.Time.Advance(TimeSpan.FromHours(1));
        await (await directory.OpenAsync()).DisposeAsync();

        using var connection = directory.Connect();
        var steps = connection.Query<(long Version, long At)>(
            "SELECT version, applied_at FROM schema_version ORDER BY rowid").ToList();

        Assert.Equal(Enumerable.Range(1, steps.Count).Select(n => (long)n), steps.Select(step => step.Version));
        Assert.Equal(SchemaMigrator.Newest, steps[^1].Version);
        Assert.All(steps, step => Assert.Equal(Micros.Of(Stores.Noon), step.At));
    }

    [Fact]
    public async Task An_older_database_gets_the_steps_it_lacks_and_keeps_its_rows()
    {
        using var directory = new DataDirectory();
        await using (var stores = await directory.OpenAsync())
        {
            await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        }

        using (var connection = directory.Connect())
        {
            connection.Execute(
                """
                DROP TABLE due; DROP TABLE workflow_version; DROP TABLE api_key; DROP TABLE audit;
                DROP TABLE inquiry; DROP TABLE offer; DROP TABLE result;
                DROP INDEX run_by_workflow; DROP INDEX run_by_status;
                ALTER TABLE guard DROP COLUMN pool;
                ALTER TABLE run DROP COLUMN origin;
                DROP INDEX run_by_parent;
                ALTER TABLE run DROP COLUMN parent; ALTER TABLE run DROP COLUMN parent_task;
                ALTER TABLE run DROP COLUMN parent_visit; ALTER TABLE run DROP COLUMN parent_item;
                ALTER TABLE run DROP COLUMN parent_attempt;
                DELETE FROM schema_version WHERE version >= 4
                """);
        }

        await using var again = await directory.OpenAsync();
        await again.DueTimes.StepAsync([new DueStep.Remind(Sample.Run, Stores.Noon)], Never);
        Assert.Single(await again.Guard.RowsAsync(Sample.Run, Never));
    }

    [Fact]
    public async Task A_newer_database_is_refused_with_an_exact_sentence_and_left_alone()
    {
        using var directory = new DataDirectory();
        await (await directory.OpenAsync()).DisposeAsync();
        using (var connection = directory.Connect())
        {
            connection.Execute("INSERT INTO schema_version (version, applied_at) VALUES (99, 0)");
        }

        var fault = await Assert.ThrowsAsync<StorageException>(directory.OpenAsync);

        Assert.Equal(
            $"'{directory.File}' has schema version 99, and this program knows versions up to {SchemaMigrator.Newest}: "
            + "use a program that is at least as new as the one that has written it.",
            fault.Message);
    }

    [Fact]
    public async Task Processes_that_start_together_make_one_schema()
    {
        using var directory = new DataDirectory();

        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => directory.OpenAsync()));

        await all[3].Guard.ReserveAsync(Sample.Reservations(1), Never);
        Assert.Single(await all[0].Guard.RowsAsync(Sample.Run, Never));
        foreach (var stores in all)
        {
            await stores.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_commit_is_flushed_and_readers_never_wait_for_writers()
    {
        using var directory = new DataDirectory();
        await using var writer = directory.Writer();

        Assert.Equal("wal", await PragmaAsync(writer, "PRAGMA journal_mode"));
        Assert.Equal("2", await PragmaAsync(writer, "PRAGMA synchronous"));
        Assert.Equal("1", await PragmaAsync(writer, "PRAGMA foreign_keys"));
        Assert.Equal("10000", await PragmaAsync(writer, "PRAGMA busy_timeout"));
    }

    private static Task<string> PragmaAsync(Executor.Storage.Writing.SqliteWriter writer, string pragma) =>
        writer.RunAsync(session => session.Prepare(pragma).One(row => row.GetString(0)), Never);
}
