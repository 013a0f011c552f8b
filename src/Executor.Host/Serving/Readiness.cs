using Executor.Actors;
using Executor.Core;

namespace Executor.Host.Serving;

/// <param name="Cluster"><c>up</c>, <c>joining</c>…, or <c>none</c> for a server of its own.</param>
/// <param name="Broker">As <paramref name="Storage"/> <c>reachable</c> or <c>unreachable</c>; or <c>none</c>.</param>
/// <param name="SilentQueues">
/// Queues of the broker that answer nothing: what goes to them waits, whichever node it comes from, and all else goes on.
/// </param>
internal sealed record Ready(
    bool IsReady, string Cluster, string Storage, string Broker, IReadOnlyList<string> SilentQueues)
{
    /// <summary>Without its broker, or one queue of it, a node still takes calls: they are journaled, and sent later.</summary>
    /// <param name="broker">Null: there is none.</param>
    public static Ready Of(string cluster, bool isStorageReachable, BrokerLook? broker) => new(
        cluster is "up" or "none" && isStorageReachable, cluster, Word(isStorageReachable),
        broker is null ? "none" : Word(broker.IsOpen), broker?.SilentQueues ?? []);

    private static string Word(bool isReachable) => isReachable ? "reachable" : "unreachable";
}

/// <summary>Looks at what a node cannot do without.</summary>
internal sealed class Readiness(ExecutorSystem engine, IExecutionStore executions, Func<BrokerLook>? lookAtBroker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<Ready> LookAsync(CancellationToken stop) =>
        Ready.Of(engine.MemberStatus, await IsStorageReachableAsync(stop), lookAtBroker?.Invoke());

    private async Task<bool> IsStorageReachableAsync(CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Patience);
        try
        {
            await executions.RunsAsync(new RunQuery(1), late.Token).WaitAsync(late.Token);
            return true;
        }
        catch (Exception fault) when (fault is StorageException or OperationCanceledException)
        {
            return false;
        }
    }
}
