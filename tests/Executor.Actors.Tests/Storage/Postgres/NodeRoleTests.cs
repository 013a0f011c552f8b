using Dapper;
using Executor.Actors.Tests.Contracts;
using Executor.Actors.Tests.Servers;
using Executor.Core.Runs;
using Executor.Core;
using Executor.Storage.Postgres;
using Npgsql;

namespace Executor.Actors.Tests.Storage.Postgres;

/// <summary>What a node may do in the database, and how long it may make others wait.</summary>
public sealed class NodeRoleTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task The_role_of_a_node_has_every_limit_and_any_other_login_is_told_what_it_lacks()
    {
        await using var node = await TestNode.MadeAsync();
        await using var limited = await PostgresStores.OpenAsync(node.Options, CancellationToken.None);
        await using var owner = await PostgresStores.OpenAsync(node.Schema.Options, CancellationToken.None);

        Assert.Empty(await limited.MissingLimitsAsync(CancellationToken.None));
        Assert.Equal(
            ["idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout", "tcp_user_timeout"],
            await owner.MissingLimitsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_node_can_do_all_that_it_has_to()
    {
        await using var node = await TestNode.MadeAsync();
        await using var stores = await PostgresStores.OpenAsync(node.Options, Never);

        await stores.Guard.ReserveAsync(Sample.Reservations(4), Never);
        await stores.Guard.MarkSentAsync([Sample.Id(0)], Never);
        await stores.Guard.GrantsAsync([Sample.Claim(0)], Sample.Lease, Never);
        await stores.Guard.RenewAsync([Sample.Renewal(0)], Sample.Lease, Never);
        await stores.Guard.WithdrawAsync([Sample.Withdrawal(1)], Never);
        await stores.Guard.ExpireAsync(9, Never);
        await stores.Guard.AbandonRunningAsync(9, Never);
        await stores.Guard.UnsendStaleAsync(TimeSpan.Zero, 9, Never);
        await stores.Guard.CloseAsync([Sample.Closing(0)], Never);
        await stores.Executions.WriteAsync([Sample.RunRow("a")], [Sample.ExecutionRow(0)], Never);
        await stores.Executions.WriteAsync([Sample.RunRow("a", 2)], [Sample.ExecutionRow(0, 2)], Never);
        await stores.Inquiries.WriteAsync([Sample.InquiryRow(0)], Never);
        await stores.Inquiries.WriteAsync([Sample.InquiryRow(0) with { Sequence = 8 }], Never);
        Assert.Single(await stores.Inquiries.ListAsync(new InquiryQuery(9), Never));
        await stores.Catalog.StoreAsync("h", "release", "source", Never);
        await stores.DueTimes.StepAsync([new DueStep.Remind(Sample.Run, Stores.Noon)], Never);
        await stores.DueTimes.StepAsync([new DueStep.Take(Sample.Run, "holder", Stores.Noon)], Never);
        await stores.DueTimes.StepAsync([new DueStep.Forget(Sample.Run)], Never);
        Assert.True(await stores.Charter.FoundAsync("a", "n1", null, Never));
        Assert.True(await stores.Charter.RenewAsync("a", null, Never));
        Assert.True(await stores.Charter.FoundAsync("b", "n2", await stores.Charter.ReadAsync(Never), Never));
        await stores.Charter.ReleaseAsync("b", Never);

        Assert.Equal(4, (await stores.Guard.RowsAsync(Sample.Run, Never)).Count);
        Assert.Empty(await stores.Journal.PersistenceIdsAsync(null, 9, Never));
    }

    [Theory]
    [InlineData("UPDATE journal SET deleted = true")]
    [InlineData("DELETE FROM journal")]
    [InlineData("TRUNCATE journal")]
    [InlineData("DELETE FROM guard")]
    [InlineData("UPDATE workflow SET source = ''")]
    [InlineData("INSERT INTO schema_version VALUES (100, 100, now())")]
    [InlineData("CREATE TABLE mine (id INTEGER)")]
    [InlineData("ALTER TABLE guard DROP CONSTRAINT guard_pkey")]
    public async Task A_node_cannot_do_anything_else(string sql)
    {
        await using var node = await TestNode.MadeAsync();
        await using var connection = await node.ConnectAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql));

        Assert.Equal("42501", refused.SqlState);
    }

    [Theory]
    [InlineData("idle_in_transaction_session_timeout", "2s")]
    [InlineData("lock_timeout", "1500ms")]
    [InlineData("statement_timeout", "2500ms")]
    [InlineData("tcp_keepalives_idle", "5")]
    [InlineData("tcp_keepalives_interval", "2")]
    [InlineData("tcp_keepalives_count", "3")]
    [InlineData("tcp_user_timeout", "8000")]
    [InlineData("synchronous_commit", "on")]
    public async Task A_session_of_a_node_is_limited_by_its_role(string setting, string value)
    {
        await using var node = await TestNode.MadeAsync();
        await using var connection = await node.ConnectAsync();

        Assert.Equal(value, await connection.ExecuteScalarAsync<string>($"SHOW {setting}"));
    }

    [Fact]
    public async Task Migrating_again_takes_away_what_the_role_has_got_otherwise_and_can_change_its_password()
    {
        await using var node = await TestNode.MadeAsync();
        await node.Schema.ExecuteAsync($"GRANT ALL ON journal TO {node.Role}");

        await PostgresSchema.MigrateAsync(node.Schema.Options, new NodeRole(node.Role, "another"), Never);

        await Assert.ThrowsAsync<PostgresException>(node.ConnectAsync);
        await using var connection = await node.ConnectAsync("another");
        await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync("DELETE FROM journal"));
    }

    [Fact]
    public async Task A_wrong_password_is_told_at_once_and_without_the_password()
    {
        await using var node = await TestNode.MadeAsync();
        var wrong = node.Options with { Connection = node.Options.Connection.Replace(TestNode.Password, "guessed") };

        var fault = await Assert.ThrowsAsync<StorageException>(() => PostgresStores.OpenAsync(wrong, Never));

        Assert.Contains("does not let this user in", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guessed", fault.Message, StringComparison.Ordinal);
    }
}
