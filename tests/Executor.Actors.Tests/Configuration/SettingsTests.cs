using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Persistence.Sql;
using Akka.TestKit.Xunit2;
using Executor.Actors.Configuration;

namespace Executor.Actors.Tests.Configuration;

/// <summary>Settings whose default loses data, stops the journal or lets foreign types in.</summary>
public sealed class SettingsTests : TestKit
{
    private const string Journal = "akka.persistence.journal.sql.";
    private const string Snapshots = "akka.persistence.snapshot-store.sql.";

    public SettingsTests()
        : base(new ConfFiles(_ => null).Load("embedded.conf").WithFallback(SqlPersistence.DefaultConfiguration))
    {
    }

    [Theory]
    [InlineData(Journal + "replay-filter.mode", "off")]
    [InlineData(Journal + "auto-initialize", "off")]
    [InlineData(Journal + "circuit-breaker.max-failures", "1000")]
    [InlineData(Journal + "circuit-breaker.call-timeout", "4s")]
    [InlineData(Journal + "circuit-breaker.reset-timeout", "1s")]
    [InlineData(Journal + "recovery-event-timeout", "5s")]
    [InlineData(Journal + "provider-name", "SQLite.MS")]
    [InlineData(Journal + "parallelism", "1")]
    [InlineData(Journal + "plugin-dispatcher", "executor.journal-dispatcher")]
    [InlineData(Journal + "materializer-dispatcher", "executor.journal-dispatcher")]
    [InlineData(Snapshots + "auto-initialize", "off")]
    [InlineData(Snapshots + "circuit-breaker.max-failures", "1000")]
    [InlineData(Snapshots + "circuit-breaker.call-timeout", "4s")]
    [InlineData(Snapshots + "circuit-breaker.reset-timeout", "1s")]
    [InlineData(Snapshots + "snapshot-is-optional", "true")]
    [InlineData(Snapshots + "plugin-dispatcher", "executor.journal-dispatcher")]
    [InlineData("akka.persistence.journal.plugin", "akka.persistence.journal.sql")]
    [InlineData("akka.persistence.snapshot-store.plugin", "akka.persistence.snapshot-store.sql")]
    [InlineData("akka.actor.serialization-settings.allow-unregistered-types", "off")]
    [InlineData("akka.actor.provider", "local")]
    [InlineData("akka.coordinated-shutdown.exit-clr", "off")]
    public void A_mandatory_setting_holds_in_the_running_system(string key, string value) =>
        Assert.Equal(value, Sys.Settings.Config.GetString(key));

    [Fact]
    public void A_type_that_nobody_registered_cannot_be_written()
    {
        var stranger = new Stranger();

        Assert.Throws<SerializationException>(() => Sys.Serialization.Serialize(stranger));
    }

    [Fact]
    public void No_serializer_that_writes_any_type_is_loaded() =>
        Assert.Throws<SerializationException>(() => Sys.Serialization.Deserialize([], 1, typeof(object)));

    [Fact]
    public void The_journal_has_threads_of_its_own() =>
        Assert.True(((ExtendedActorSystem)Sys).Dispatchers.HasDispatcher("executor.journal-dispatcher"));

    private sealed record Stranger;
}
