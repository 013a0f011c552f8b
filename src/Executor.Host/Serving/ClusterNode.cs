using System.ComponentModel.DataAnnotations;
using Executor.Actors;
using Executor.Actors.Cluster;
using Executor.Actors.Journal;
using Executor.Core;
using Executor.Host.Local;
using Executor.Host.Logs;
using Executor.Host.Output;
using Executor.Host.Settings;
using Executor.Messaging;
using Executor.Messaging.Amqp;
using Executor.Storage.Postgres;

namespace Executor.Host.Serving;

/// <summary>A node of a cluster: PostgreSQL, RabbitMQ, and workers elsewhere.</summary>
internal static class ClusterNode
{
    public static async Task<Server> StartAsync(ServeOptions options, Closing closing, CancellationToken stop)
    {
        try
        {
            var postgres = new PostgresOptions { Connection = options.Postgres! };
            var kept = closing.Then(await PostgresStores.OpenAsync(postgres, stop));
            if (await kept.MissingLimitsAsync(stop) is { Count: > 0 } missing)
            {
                Talk.Warning(
                    "storage.limits", $"the database role lacks {string.Join(", ", missing)}: a node that freezes may hold up the others",
                    "log in as the role that 'executor migrate --node-role' makes");
            }

            var log = closing.Then(new OwnedLog(options.LogLevel));
            var messaging = closing.Then(await RabbitMessaging.ForExecutorAsync(
                Broker.OptionsOf(
                    options.RabbitMq!, options.RabbitMqAuthority, options.AllowPlaintext, $"executor:{options.Node}",
                    options.RabbitMqSilence, options.PoolUsers),
                stop,
                log: log.For<ExecutorMessaging>()));
            var engine = closing.Then(await ExecutorSystem.StartAsync(
                ServerStart.Actors(options, postgres.JournalConnection, options.TokenKey!) with
                {
                    JournalDatabase = JournalDatabase.Postgres,
                    Cluster = options.Cluster,
                },
                new ActorsPorts(
                    kept.Guard, kept.Executions, kept.Catalog, kept.DueTimes, messaging.Tasks, messaging.Results,
                    messaging.Claims)
                {
                    Beats = messaging.Beats,
                    Inquiries = kept.Inquiries,
                    LargeResults = kept.Results,
                    Workflows = new StoredWorkflows(kept.Library, kept.Catalog),
                    Audit = kept.Audit,
                    Charter = kept.Charter,
                },
                stop));
            var stores = new Stores(
                kept.Guard, kept.Executions, kept.Catalog, kept.DueTimes, kept.Journal, kept.Library, kept.Keys,
                kept.Audit, kept.Inquiries, kept.Results);
            return new Server(
                engine, stores, options.TokenKey!, $"node {options.Node} of a cluster",
                () => new BrokerLook(
                    messaging.Consuming.State.IsOpen && messaging.Publishing.State.IsOpen, messaging.SilentQueues),
                closing);
        }
        catch (StorageException fault)
        {
            throw new Unusable("storage.unusable", fault.Message, $"look at {HostSettings.Postgres}");
        }
        catch (Exception fault) when (fault is AmqpUnavailableException or AmqpTopologyException)
        {
            throw new Unusable("broker.unusable", fault.Message, $"look at {HostSettings.RabbitMq}");
        }
        catch (NotAdmittedException refused)
        {
            throw new Unusable(refused.Code, refused.Message, $"look at {HostSettings.ClusterSeeds}");
        }
        catch (ValidationException wrong)
        {
            throw new Unusable("settings.value", wrong.Message, "see: executor serve --help");
        }
    }
}
