using Executor.Actors;
using Executor.Core;

namespace Executor.Host.Serving;

/// <param name="Cluster"><c>up</c>, <c>joining</c>…, or <c>none</c> for a server of its own.</param>
/// <param name="Broker">As <paramref name="Storage"/> <c>reachable</c> or <c>unreachable</c>; or <c>none</c>.</param>
internal sealed record Ready(bool IsReady, string Cluster, string Storage, string Broker);

/// <summary>Looks at what a node cannot do without.</summary>
internal sealed class Readiness(ExecutorSystem engine, IExecutionStore executions, Func<bool>? isBrokerOpen)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<Ready> LookAsync(CancellationToken stop)
    {
        var cluster = engine.MemberStatus;
        var storage = await StorageAsync(stop);
        var broker = isBrokerOpen is null ? "none" : Word(isBrokerOpen());
        // Without its broker a node still takes calls: they are journaled, and sent when it is back.
        return new Ready(cluster is "up" or "none" && storage == Word(true), cluster, storage, broker);
    }

    private static string Word(bool isReachable) => isReachable ? "reachable" : "unreachable";

    private async Task<string> StorageAsync(CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Patience);
        try
        {
            await executions.RunsAsync(new RunQuery(1), late.Token).WaitAsync(late.Token);
            return Word(true);
        }
        catch (Exception fault) when (fault is StorageException or OperationCanceledException)
        {
            return Word(false);
        }
    }
}
