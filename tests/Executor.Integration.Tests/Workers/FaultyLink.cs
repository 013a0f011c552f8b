using System.Runtime.CompilerServices;
using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Integration.Tests.Workers;

/// <summary>A link on which now and then a call fails: before it has any effect, or after.</summary>
internal sealed class FaultyLink(IWorkerLink inner, int seed) : IWorkerLink
{
    private readonly Random _random = new(seed);

    public async IAsyncEnumerable<Delivery<TaskRequest>> RequestsAsync(
        string pool, int prefetch, [EnumeratorCancellation] CancellationToken stop)
    {
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await foreach (var delivery in inner.RequestsAsync(pool, prefetch, connection.Token))
        {
            yield return delivery with { Ack = () => AckAsync(delivery, connection) };
            if (Draw() < 0.02)
            {
                throw new IOException("The connection is lost.");
            }
        }
    }

    public async Task<ClaimAnswer> ClaimAsync(Claim claim, CancellationToken stop)
    {
        ClaimAnswer? answer = null;
        await PerhapsAsync(async () => answer = await inner.ClaimAsync(claim, stop));
        return answer!;
    }

    public async Task<RenewalAnswer> RenewAsync(Renewal renewal, CancellationToken stop)
    {
        RenewalAnswer? answer = null;
        await PerhapsAsync(async () => answer = await inner.RenewAsync(renewal, stop));
        return answer!;
    }

    public Task ReportAsync(TaskResult result, CancellationToken stop) =>
        PerhapsAsync(() => inner.ReportAsync(result, stop));

    public IAsyncEnumerable<CancelRequest> CancelsAsync(
        string worker, IReadOnlyList<string> pools, CancellationToken stop) => inner.CancelsAsync(worker, pools, stop);

    public Task BeatAsync(WorkerBeat beat, CancellationToken stop) => PerhapsAsync(() => inner.BeatAsync(beat, stop));

    // A broker that cannot be told has lost the connection, and with it all that is not settled.
    private async Task AckAsync(Delivery<TaskRequest> delivery, CancellationTokenSource connection)
    {
        if (Draw() < 0.05)
        {
            await connection.CancelAsync();
        }

        await delivery.Ack();
    }

    private async Task PerhapsAsync(Func<Task> call)
    {
        var draw = Draw();
        if (draw < 0.15)
        {
            throw new TimeoutException("Failed before.");
        }

        await call();
        if (draw < 0.3)
        {
            throw new TimeoutException("Failed after.");
        }
    }

    private double Draw()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
}
