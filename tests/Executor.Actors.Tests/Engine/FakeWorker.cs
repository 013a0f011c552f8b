using System.Collections.Concurrent;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>A worker that keeps the protocol and does whatever the test says, counting every start.</summary>
internal sealed class FakeWorker : IAsyncDisposable
{
    private readonly IWorkerLink _link;
    private readonly Func<TaskRequest, ItemOutcome> _act;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private readonly string _name;
    private readonly Func<DateTimeOffset> _clock;

    public FakeWorker(
        IWorkerLink link, Func<DateTimeOffset> clock, int slots = 8, string name = "w1",
        Func<TaskRequest, ItemOutcome>? act = null, int reports = 1)
    {
        _link = link;
        _clock = clock;
        _name = name;
        Reports = reports;
        _act = act ?? (request => new ItemOutcome(SlotStatus.Completed, Value.Of(request.Slot.Item)));
        _loop = Task.WhenAll(Enumerable.Range(0, slots).Select(_ => Task.Run(LoopAsync)));
    }

    /// <summary>How often each result is told.</summary>
    public int Reports { get; }

    public ConcurrentQueue<TaskRequest> Started { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _loop;
        }
        catch (OperationCanceledException)
        {
        }

        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        await foreach (var delivery in _link.RequestsAsync("default", 1, _stop.Token))
        {
            var request = delivery.Message;
            var claim = new Claim(request.Id, request.Run, request.Slot, _name, Guid.NewGuid().ToString("N"));
            var answer = await ClaimAsync(claim);
            if (!await SettleAsync(delivery))
            {
                return;
            }

            if (answer is ClaimAnswer.Granted granted)
            {
                Started.Enqueue(request);
                var began = _clock();
                var outcome = _act(request);
                var result = new TaskResult(
                    request.Id, request.Run, request.Slot, outcome, _name, claim.ClaimId, granted.Token, began, _clock());
                for (var told = 0; told < Reports; told++)
                {
                    await _link.ReportAsync(result, _stop.Token);
                }
            }
        }
    }

    /// <returns>False when this worker has left and with it has given the delivery back.</returns>
    private async Task<bool> SettleAsync(Delivery<TaskRequest> delivery)
    {
        try
        {
            await delivery.Ack();
            return true;
        }
        catch (InvalidOperationException) when (_stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<ClaimAnswer> ClaimAsync(Claim claim)
    {
        while (true)
        {
            try
            {
                return await _link.ClaimAsync(claim, _stop.Token);
            }
            catch (TimeoutException)
            {
            }
        }
    }
}
