using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using Executor.Actors.Cluster;
using Executor.Actors.Configuration;
using Executor.Actors.Journal;
using LinqToDB;

namespace Executor.Actors;

/// <summary>What an actor system of the executor is started with.</summary>
internal static class ActorsSetup
{
    public static ActorSystemSetup System(ActorsOptions options, DataOptions journal) => ActorSystemSetup.Create(
        BootstrapSetup.Create().WithConfig(Configuration(options)), new DataOptionsSetup(journal));

    public static Config Configuration(ActorsOptions options)
    {
        var connection = options.Journal.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        var provider = JournalAccess.ProviderOf(options.JournalDatabase);
        var level = options.LogLevel is null ? "" : $"akka.loglevel = {options.LogLevel}";
        var file = options.Cluster is { } cluster ? ClusterConfig.FileOf(cluster.Profile) : options.ConfigurationFile;
        var node = options.Cluster is { } member ? ClusterConfig.Of(member) : Config.Empty;
        return ConfigurationFactory.ParseString(options.Settings)
            .WithFallback(ConfigurationFactory.ParseString(
                $$"""
                {{level}}
                akka.persistence.journal.sql { connection-string = "{{connection}}", provider-name = "{{provider}}" }
                akka.persistence.snapshot-store.sql { connection-string = "{{connection}}", provider-name = "{{provider}}" }
                """))
            .WithFallback(node)
            .WithFallback(new ConfFiles(Environment.GetEnvironmentVariable).Load(file))
            .WithFallback(SqlPersistence.DefaultConfiguration);
    }
}
