using Akka.Configuration;
using Executor.Actors.Cluster;
using Executor.Actors.Journal;

namespace Executor.Actors.Tests.Configuration;

/// <summary>Settings by which a cluster outlives its nodes: with Akka's defaults a dead node is missed for half a minute.</summary>
public sealed class ClusterSettingsTests
{
    private const string Cluster = "akka.cluster.";
    private const string Sharding = Cluster + "sharding.";

    [Theory]
    [InlineData("akka.actor.provider", "cluster")]
    [InlineData("akka.persistence.journal.sql.replay-filter.mode", "off")]
    [InlineData("akka.persistence.journal.sql.auto-initialize", "off")]
    [InlineData("akka.remote.retry-gate-closed-for", "500ms")]
    [InlineData(Cluster + "seed-node-timeout", "1s")]
    [InlineData(Cluster + "retry-unsuccessful-join-after", "3s")]
    [InlineData("akka.remote.dot-netty.tcp.maximum-frame-size", "4000000b")]
    [InlineData(Cluster + "downing-provider-class", "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster")]
    [InlineData(Cluster + "split-brain-resolver.active-strategy", "keep-majority")]
    [InlineData(Cluster + "split-brain-resolver.stable-after", "3s")]
    [InlineData(Cluster + "split-brain-resolver.down-all-when-unstable", "4s")]
    [InlineData(Cluster + "failure-detector.heartbeat-interval", "500ms")]
    [InlineData(Cluster + "failure-detector.acceptable-heartbeat-pause", "2s")]
    [InlineData(Cluster + "failure-detector.expected-response-after", "500ms")]
    [InlineData(Cluster + "unreachable-nodes-reaper-interval", "500ms")]
    [InlineData(Cluster + "run-coordinated-shutdown-when-down", "on")]
    [InlineData(Sharding + "state-store-mode", "ddata")]
    [InlineData(Sharding + "remember-entities", "off")]
    [InlineData(Sharding + "passivate-idle-entity-after", "off")]
    [InlineData(Sharding + "retry-interval", "500ms")]
    [InlineData(Sharding + "coordinator-failure-backoff", "500ms")]
    [InlineData(Sharding + "shard-failure-backoff", "1s")]
    [InlineData(Sharding + "entity-restart-backoff", "1s")]
    [InlineData(Sharding + "handoff-timeout", "5s")]
    [InlineData(Sharding + "waiting-for-state-timeout", "1s")]
    [InlineData(Sharding + "updating-state-timeout", "2s")]
    [InlineData("akka.coordinated-shutdown.exit-clr", "off")]
    public void A_mandatory_setting_holds(string key, string value) =>
        Assert.Equal(value, Of(ClusterProfile.Lan).GetString(key));

    [Theory]
    [InlineData(Cluster + "split-brain-resolver.active-strategy", "keep-majority")]
    [InlineData(Cluster + "split-brain-resolver.stable-after", "10s")]
    [InlineData(Cluster + "failure-detector.acceptable-heartbeat-pause", "5s")]
    [InlineData(Sharding + "state-store-mode", "ddata")]
    public void Over_several_places_nodes_are_more_patient(string key, string value) =>
        Assert.Equal(value, Of(ClusterProfile.Wan).GetString(key));

    [Fact]
    public void Nodes_with_certificates_prove_who_they_are_to_each_other()
    {
        var config = Of(ClusterProfile.Lan, "/node.pfx").GetConfig("akka.remote.dot-netty.tcp");

        Assert.True(config.GetBoolean("enable-ssl"));
        Assert.False(config.GetBoolean("ssl.suppress-validation", true));
        Assert.True(config.GetBoolean("ssl.require-mutual-authentication"));
        Assert.Equal("/node.pfx", config.GetString("ssl.certificate.path"));
    }

    private static Config Of(ClusterProfile profile, string? certificate = null) => ActorsSetup.Configuration(new ActorsOptions
    {
        Journal = "Host=h",
        JournalDatabase = JournalDatabase.Postgres,
        TokenKey = new byte[32],
        Cluster = new ClusterOptions { Profile = profile, Certificate = certificate },
    });
}
