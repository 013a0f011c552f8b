using Dapper;
using Executor.Actors.Tests.Contracts;
using Executor.Actors.Tests.Servers;
using Executor.Core;
using Executor.Storage;
using Executor.Storage.Postgres;

namespace Executor.Actors.Tests.Storage.Postgres;

public sealed class SchemaTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Three_processes_that_migrate_an_empty_database_at_once_make_one_schema()
    {
        await using var schema = await TestSchema.UnmadeAsync();

        var all = await Task.WhenAll(Enumerable.Range(0, 3).Select(
            _ => Task.Run(() => PostgresSchema.MigrateAsync(schema.Options, null, Never))));

        Assert.Equal([0, PostgresSchema.Known, PostgresSchema.Known], all.Select(one => one.Before).Order());
        await using var connection = await schema.ConnectAsync();
        Assert.Equal(
            Enumerable.Range(1, (int)PostgresSchema.Known).Select(n => (long)n),
            await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY applied_at, version"));
        await (await schema.OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task An_older_schema_gets_the_steps_it_lacks_and_keeps_its_rows()
    {
        await using var schema = await TestSchema.MadeAsync();
        await using (var stores = await schema.OpenAsync())
        {
            await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
        }

        await schema.ExecuteAsync(
            """
            DROP TABLE journal, tags, snapshot, workflow_version, api_key, audit, cluster_charter, inquiry, result;
            DROP INDEX run_by_workflow, run_by_status;
            ALTER TABLE due DROP COLUMN holder, DROP COLUMN entries;
            ALTER TABLE guard DROP COLUMN pool;
            ALTER TABLE run DROP COLUMN parent, DROP COLUMN parent_task, DROP COLUMN parent_visit,
                DROP COLUMN parent_item, DROP COLUMN parent_attempt, DROP COLUMN origin;
            DELETE FROM schema_version WHERE version > 4
            """);

        Assert.Equal((4, PostgresSchema.Known), await PostgresSchema.MigrateAsync(schema.Options, null, Never));
        await using var again = await schema.OpenAsync();
        Assert.Single(await again.Guard.RowsAsync(Sample.Run, Never));
        Assert.True(await again.Journal.HasUniqueKeyAsync(Never));
    }

    [Fact]
    public async Task Without_a_schema_nothing_starts_and_the_sentence_says_what_to_run()
    {
        await using var schema = await TestSchema.UnmadeAsync();

        var fault = await Assert.ThrowsAsync<StorageException>(schema.OpenAsync);

        Assert.Equal($"There is no {Place(schema)} yet: run 'executor migrate' first.", fault.Message);
    }

    [Fact]
    public async Task On_an_older_schema_nothing_starts_and_the_sentence_says_what_to_run()
    {
        await using var schema = await TestSchema.MadeAsync();
        await schema.ExecuteAsync("DELETE FROM schema_version WHERE version > 3");

        var fault = await Assert.ThrowsAsync<StorageException>(schema.OpenAsync);

        Assert.Equal(
            $"The {Place(schema)} has version 3, and this program needs version {PostgresSchema.Known}: "
            + "run 'executor migrate' of this program first.",
            fault.Message);
    }

    [Fact]
    public async Task A_newer_schema_is_neither_used_nor_changed()
    {
        await using var schema = await TestSchema.MadeAsync();
        await schema.ExecuteAsync("INSERT INTO schema_version VALUES (99, 98, now())");

        var used = await Assert.ThrowsAsync<StorageException>(schema.OpenAsync);
        var changed = await Assert.ThrowsAsync<StorageException>(
            () => PostgresSchema.MigrateAsync(schema.Options, null, Never));

        Assert.Equal(
            $"The {Place(schema)} has version 99, and this program knows versions up to {PostgresSchema.Known}: "
            + "use a program that knows at least version 98.",
            used.Message);
        Assert.Equal(used.Message, changed.Message);
    }

    [Fact]
    public async Task A_newer_schema_that_works_with_this_program_is_used()
    {
        await using var schema = await TestSchema.MadeAsync();
        await schema.ExecuteAsync($"INSERT INTO schema_version VALUES (99, {PostgresSchema.Known}, now())");

        await using var stores = await schema.OpenAsync();

        await stores.Guard.ReserveAsync(Sample.Reservations(1), Never);
    }

    [Theory]
    [InlineData("CREATE TABLE a ();", 7)]
    [InlineData("-- Adds a column.\n-- Works with 5\nALTER TABLE a ADD b INTEGER;", 5)]
    public void A_step_says_which_programs_may_go_on(string sql, long worksWith) =>
        Assert.Equal(worksWith, SchemaStep.Of(7, sql).WorksWith);

    [Fact]
    public async Task The_journal_is_fenced_and_has_no_index_that_no_query_uses()
    {
        await using var schema = await TestSchema.MadeAsync();
        await using var connection = await schema.ConnectAsync();

        Assert.Equal(
            [
                "journal_key CREATE UNIQUE INDEX journal_key ON journal USING btree (persistence_id, sequence_number)",
                "journal_ordering CREATE INDEX journal_ordering ON journal USING btree (ordering)",
            ],
            await connection.QueryAsync<string>(
                $"""
                SELECT indexname || ' ' || replace(indexdef, '{schema.Options.Schema}.', '') FROM pg_indexes
                WHERE schemaname = current_schema() AND tablename = 'journal' ORDER BY indexname
                """));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_nothing_behind()
    {
        await using var schema = await TestSchema.MadeAsync();
        await schema.ExecuteAsync("DROP TABLE tags, snapshot; DELETE FROM schema_version WHERE version > 4");

        var fault = await Assert.ThrowsAsync<StorageException>(
            () => PostgresSchema.MigrateAsync(schema.Options, null, Never));

        Assert.Contains("cannot be changed", fault.Message, StringComparison.Ordinal);
        await using var connection = await schema.ConnectAsync();
        Assert.Equal(4, await connection.ExecuteScalarAsync<long>("SELECT max(version) FROM schema_version"));
    }

    private static string Place(TestSchema schema)
    {
        var text = new Npgsql.NpgsqlConnectionStringBuilder(schema.Options.Connection);
        return $"schema '{schema.Options.Schema}' of database '{text.Database}' on 127.0.0.1:{text.Port}";
    }
}
