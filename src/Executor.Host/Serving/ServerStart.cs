using Executor.Actors;
using Executor.Worker.Runners;

namespace Executor.Host.Serving;

/// <summary>Puts a server together from its options; what was opened is closed again when a later step fails.</summary>
internal static class ServerStart
{
    public static async Task<Server> StartAsync(ServeOptions options, CancellationToken stop)
    {
        var closing = new Closing();
        try
        {
            return options.IsClustered
                ? await ClusterNode.StartAsync(options, closing, stop)
                : await ServerAlone.StartAsync(options, closing, stop);
        }
        catch
        {
            await closing.DisposeAsync();
            throw;
        }
    }

    /// <summary>What every server tells its engine; the journal and the key are the composition's.</summary>
    public static ActorsOptions Actors(ServeOptions options, string journal, byte[] key) => new()
    {
        Journal = journal,
        TokenKey = key,
        Node = options.Node,
        Actions = CoreActionSpecs.Known,
        Limits = options.Limits,
        InlineResult = options.InlineResult,
        LogLevel = options.LogLevel,
        Lease = options.Lease,
        ReconcileEvery = options.ReconcileEvery,
        StaleAfter = options.StaleAfter,
        IdleAfter = options.IdleAfter,
    };
}
