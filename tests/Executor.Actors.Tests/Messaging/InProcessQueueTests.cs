using System.Collections.Concurrent;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Messaging;

namespace Executor.Actors.Tests.Messaging;

/// <summary>What only the queue without a broker promises.</summary>
public sealed class InProcessQueueTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_cancel_waits_for_a_worker_that_listens_a_little_later()
    {
        var queue = new InProcessQueue();
        await queue.CancelAsync(Sample.Cancel(1), Never);
        await queue.CancelAsync(Sample.Cancel(2, worker: "w9"), Never);

        await using var late = new Reading<CancelRequest>(stop => queue.CancelsAsync("w1", ["default"], stop));

        Assert.Equal(Sample.Id(1), (await late.NextAsync()).Id);
        late.Ask();
        Assert.True(late.IsWaiting);
    }

    [Fact]
    public async Task Only_the_newest_cancels_wait_for_later_listeners()
    {
        var queue = new InProcessQueue(new InProcessOptions { CancelsRemembered = 2 });
        foreach (var item in new[] { 1, 2, 3 })
        {
            await queue.CancelAsync(Sample.Cancel(item), Never);
        }

        await using var late = new Reading<CancelRequest>(stop => queue.CancelsAsync("w1", ["default"], stop));

        Assert.Equal([Sample.Id(2), Sample.Id(3)], (await late.NextAsync(2)).Select(cancel => cancel.Id));
    }

    [Fact]
    public async Task An_old_cancel_waits_no_longer()
    {
        var queue = new InProcessQueue(new InProcessOptions { CancelMemory = TimeSpan.FromTicks(-1) });
        await queue.CancelAsync(Sample.Cancel(1), Never);

        await using var late = new Reading<CancelRequest>(stop => queue.CancelsAsync("w1", ["default"], stop));
        late.Ask();

        Assert.True(late.IsWaiting);
    }

    [Fact]
    public async Task A_returned_request_takes_its_old_place()
    {
        var queue = new InProcessQueue();
        await using var worker = new Reading<Delivery<TaskRequest>>(stop => queue.RequestsAsync("default", 100, stop));
        await queue.PublishAsync(Sample.Requests(3), Never);

        await (await worker.NextAsync()).Requeue();

        var order = (await worker.NextAsync(3)).Select(delivery => delivery.Message.Id);
        Assert.Equal([Sample.Id(0), Sample.Id(1), Sample.Id(2)], order);
    }

    [Fact]
    public async Task A_claim_whose_asker_has_given_up_is_not_handed_out()
    {
        var queue = new InProcessQueue();
        using var stop = new CancellationTokenSource();
        var given = queue.ClaimAsync(Sample.Claim(1), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        _ = queue.ClaimAsync(Sample.Claim(2), Never);

        await using var desk = new Reading<ClaimCall>(queue.ReadAsync);

        Assert.Equal(Sample.Id(2), Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync()).Claim.Id);
    }

    [Fact]
    public async Task What_nobody_may_have_again_is_told_with_its_reason()
    {
        var queue = new InProcessQueue();
        var dropped = new List<DroppedMessage>();
        queue.Dropped += (_, message) => dropped.Add(message);
        await using var results = new Reading<Delivery<TaskResult>>(stop => queue.ReadAsync(1, stop));
        await queue.ReportAsync(Sample.Result(1), Never);

        await (await results.NextAsync()).Reject("No token.");

        Assert.Equal([new DroppedMessage(Sample.Result(1), "No token.")], dropped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_consumers_do_each_request_ends_once_as_done_or_dead(int seed)
    {
        const int Count = 2_000;
        var queue = new InProcessQueue();
        var ended = new ConcurrentDictionary<DispatchId, int>();
        using var all = new CountdownEvent(Count);
        using var stop = new CancellationTokenSource();
        var consumers = Enumerable.Range(0, 4).Select(n => Task.Run(() => Fickle(queue, seed + n, End, stop.Token)));
        var running = consumers.Append(Task.Run(() => Undertaker(queue, End, stop.Token))).ToArray();

        foreach (var some in Sample.Requests(Count).Chunk(50))
        {
            await queue.PublishAsync(some, Never);
        }

        Assert.True(await Task.Run(() => all.Wait(TimeSpan.FromSeconds(60))), $"{all.CurrentCount} are missing.");
        await stop.CancelAsync();
        await Task.WhenAll(running);
        Assert.All(ended.Values, times => Assert.Equal(1, times));
        Assert.Equal(0, queue.Waiting("default"));

        void End(DispatchId id)
        {
            ended.AddOrUpdate(id, 1, (_, times) => times + 1);
            all.Signal();
        }
    }

    /// <summary>Settles in any way, in any order, and now and then leaves with its hands full.</summary>
    private static async Task Fickle(InProcessQueue queue, int seed, Action<DispatchId> end, CancellationToken stop)
    {
        var random = new Random(seed);
        while (!stop.IsCancellationRequested)
        {
            using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
            try
            {
                await foreach (var delivery in queue.RequestsAsync("default", 7, leave.Token))
                {
                    switch (random.Next(10))
                    {
                        case 0:
                            await delivery.Requeue();
                            break;
                        case 1:
                            await delivery.Reject("bad");
                            break;
                        case 2:
                            await leave.CancelAsync();
                            break;
                        default:
                            await delivery.Ack();
                            end(delivery.Message.Id);
                            break;
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // It begins again, unless the test is over.
            }
        }
    }

    private static async Task Undertaker(InProcessQueue queue, Action<DispatchId> end, CancellationToken stop)
    {
        try
        {
            await foreach (var dead in queue.DeadLettersAsync(stop))
            {
                await dead.Ack();
                end(dead.Message.Id);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
