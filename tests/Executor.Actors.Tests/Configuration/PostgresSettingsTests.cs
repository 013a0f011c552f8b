using Akka.Configuration;
using Executor.Actors.Configuration;
using Executor.Actors.Journal;

namespace Executor.Actors.Tests.Configuration;

/// <summary>What differs where the journal is in PostgreSQL, and what must not.</summary>
public sealed class PostgresSettingsTests
{
    private const string Journal = "akka.persistence.journal.sql.";
    private const string Snapshots = "akka.persistence.snapshot-store.sql.";
    private readonly Config _config = ActorsSetup.Configuration(new ActorsOptions
    {
        Journal = "Host=h;Password=\"a\\b",
        JournalDatabase = JournalDatabase.Postgres,
        TokenKey = new byte[32],
        ConfigurationFile = "postgres.conf",
    });

    [Theory]
    [InlineData(Journal + "connection-string", "Host=h;Password=\"a\\b")]
    [InlineData(Journal + "provider-name", "PostgreSQL.15")]
    [InlineData(Journal + "replay-filter.mode", "off")]
    [InlineData(Journal + "auto-initialize", "off")]
    [InlineData(Journal + "circuit-breaker.max-failures", "1000")]
    [InlineData(Journal + "circuit-breaker.call-timeout", "4s")]
    [InlineData(Journal + "circuit-breaker.reset-timeout", "1s")]
    [InlineData(Journal + "recovery-event-timeout", "5s")]
    [InlineData(Journal + "parallelism", "3")]
    [InlineData(Journal + "batch-size", "100")]
    [InlineData(Journal + "plugin-dispatcher", "executor.journal-dispatcher")]
    [InlineData(Journal + "materializer-dispatcher", "executor.journal-dispatcher")]
    [InlineData(Snapshots + "connection-string", "Host=h;Password=\"a\\b")]
    [InlineData(Snapshots + "provider-name", "PostgreSQL.15")]
    [InlineData(Snapshots + "auto-initialize", "off")]
    [InlineData(Snapshots + "circuit-breaker.max-failures", "1000")]
    [InlineData("akka.persistence.max-concurrent-recoveries", "8")]
    public void A_mandatory_setting_holds(string key, string value) => Assert.Equal(value, _config.GetString(key));

    [Fact]
    public void Nodes_of_a_cluster_have_the_same_journal() => Assert.Equal(
        _config.GetConfig("akka.persistence.journal.sql.circuit-breaker").ToString(),
        new ConfFiles(_ => null).Load("cluster.conf").GetConfig("akka.persistence.journal.sql.circuit-breaker").ToString());
}
