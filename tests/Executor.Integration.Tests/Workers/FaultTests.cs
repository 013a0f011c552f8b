using System.Collections.Concurrent;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Messaging;
using Executor.Worker;
using Executor.Worker.Actions;

namespace Executor.Integration.Tests.Workers;

public sealed class FaultTests
{
    [Theory]
    [Trait("lesson", "10.1")]
    [Trait("lesson", "9.7")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_fails_on_the_way_each_attempt_is_started_once_and_its_result_arrives(int seed)
    {
        const int Count = 300;
        var queue = new InProcessQueue(new InProcessOptions { DeliveryLimit = 1_000 });
        var started = new ConcurrentDictionary<DispatchId, int>();
        var action = KeyValuePair.Create<string, IActionRunner>("test.probe", new Counter(started));
        var catalog = new ActionCatalog([action]);
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(1, 3)
            .Select(number => new WorkerLoop(
                new FaultyLink(queue, seed * number),
                catalog,
                new WorkerOptions
                {
                    Name = $"w{number}",
                    FirstPause = TimeSpan.FromMilliseconds(10),
                    LongestPause = TimeSpan.FromMilliseconds(40),
                }).RunAsync(stop.Token))
            .ToArray();
        var desk = new Desk();
        var deciding = desk.DecideAsync(queue, stop.Token);

        for (var item = 0; item < Count; item++)
        {
            var copies = Enumerable.Repeat(Bench.Request(item: item), 1 + (item % 3));
            await queue.PublishAsync([.. copies], CancellationToken.None);
        }

        var results = await ResultsAsync(queue, Count);
        await stop.CancelAsync();
        await Wait.ForAsync(Task.WhenAll(workers));
        await Wait.ForAsync(deciding);
        Assert.Equal(Count, started.Count);
        Assert.All(started.Values, times => Assert.Equal(1, times));
        Assert.All(results, result => Assert.Equal(desk.OwnerOf(result.Id), result.ClaimId));
    }

    [Fact]
    [Trait("lesson", "9.9")]
    public async Task A_worker_whose_reading_breaks_reads_again()
    {
        await using var bench = new Bench(new FakeLink { BrokenReads = 5 });
        bench.Link.Send(Bench.Request());

        await bench.PassUntilAsync(() => !bench.Probe.Started.IsEmpty, "it reads again");
        bench.Link.Cancel(Bench.Request());

        await bench.PassUntilAsync(() => !bench.Link.Reports.IsEmpty, "it hears of the cancel too");
        Assert.Equal(SlotStatus.Cancelled, bench.Link.Reports.First().Outcome.Status);
    }

    private static async Task<List<TaskResult>> ResultsAsync(InProcessQueue queue, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var results = new List<TaskResult>();
        var ids = new HashSet<DispatchId>();
        await foreach (var delivery in queue.ReadAsync(10, patience.Token))
        {
            results.Add(delivery.Message);
            await delivery.Ack();
            if (ids.Add(delivery.Message.Id) && ids.Count == count)
            {
                break;
            }
        }

        return results;
    }

    /// <summary>One grant per attempt, ever; again for the same claim.</summary>
    private sealed class Desk
    {
        private readonly Dictionary<DispatchId, string> _owners = [];

        public string OwnerOf(DispatchId id) => _owners[id];

        public async Task DecideAsync(InProcessQueue queue, CancellationToken stop)
        {
            try
            {
                await foreach (var call in queue.ReadAsync(stop))
                {
                    await (call switch
                    {
                        ClaimCall.OfClaim(var claim, var reply) => reply(Decide(claim)),
                        ClaimCall.OfRenewal(var renewal, var reply) => reply(new RenewalAnswer(renewal.Id, true)),
                        _ => Task.CompletedTask,
                    });
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        private ClaimAnswer Decide(Claim claim)
        {
            _owners.TryAdd(claim.Id, claim.ClaimId);
            return _owners[claim.Id] == claim.ClaimId
                ? FakeLink.Granted(claim, TimeSpan.FromSeconds(60))
                : new ClaimAnswer.Refused(claim.Id);
        }
    }

    private sealed class Counter(ConcurrentDictionary<DispatchId, int> started) : IActionRunner
    {
        public async Task<ActionResult> RunAsync(ActionContext context, CancellationToken stop)
        {
            started.AddOrUpdate(context.Id, 1, (_, times) => times + 1);
            await Task.Yield();
            return ActionResult.Success(Value.Null);
        }
    }
}
