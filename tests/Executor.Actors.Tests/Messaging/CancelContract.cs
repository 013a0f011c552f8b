using Executor.Core.Messages;

namespace Executor.Actors.Tests.Messaging;

/// <summary>What every implementation promises about cancel requests.</summary>
public abstract class CancelContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Broker> OpenAsync();

    [Fact]
    public async Task A_cancel_for_a_worker_reaches_that_worker_only()
    {
        await using var broker = await OpenAsync();
        await using var first = Listener(broker, "w1");
        await using var second = Listener(broker, "w2");
        first.Ask();
        second.Ask();
        await broker.ListeningAsync(2);

        await broker.Tasks.CancelAsync(Sample.Cancel(1, worker: "w2"), Never);
        await broker.Tasks.CancelAsync(Sample.Cancel(2, worker: "w1"), Never);

        Assert.Equal(Sample.Id(2), (await first.NextAsync()).Id);
        Assert.Equal(Sample.Id(1), (await second.NextAsync()).Id);
    }

    [Fact]
    public async Task A_cancel_without_a_worker_reaches_the_whole_pool_and_no_other()
    {
        await using var broker = await OpenAsync();
        await using var first = Listener(broker, "w1", "linux");
        await using var second = Listener(broker, "w2", "linux", "gpu");
        await using var other = Listener(broker, "w3", "windows");
        first.Ask();
        second.Ask();
        other.Ask();
        await broker.ListeningAsync(3);

        await broker.Tasks.CancelAsync(Sample.Cancel(1, "linux"), Never);
        await broker.Tasks.CancelAsync(Sample.Cancel(2, "windows"), Never);

        Assert.Equal(Sample.Cancel(1, "linux"), await first.NextAsync());
        Assert.Equal(Sample.Cancel(1, "linux"), await second.NextAsync());
        Assert.Equal(Sample.Cancel(2, "windows"), await other.NextAsync());
    }

    private static Reading<CancelRequest> Listener(Broker broker, string worker, params string[] pools) =>
        new(stop => broker.Worker.CancelsAsync(worker, pools, stop));
}
