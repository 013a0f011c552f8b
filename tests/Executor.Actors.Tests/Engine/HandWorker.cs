using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>A worker whose every step the test makes, and whose clock is wrong by half a century.</summary>
internal sealed class HandWorker(IWorkerLink link) : IAsyncDisposable
{
    public const string Name = "hand";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<Delivery<TaskRequest>>? _requests;

    /// <summary>The next request, whoever may have it in the end.</summary>
    public async Task<Delivery<TaskRequest>> NextAsync()
    {
        _requests ??= link.RequestsAsync("default", 1_000, _stop.Token).GetAsyncEnumerator(_stop.Token);
        Assert.True(await _requests.MoveNextAsync().AsTask().WaitAsync(Limit));
        return _requests.Current;
    }

    /// <returns>The result to report, of an attempt that has succeeded; null when the claim was refused.</returns>
    public async Task<TaskResult?> ClaimAsync(Delivery<TaskRequest> delivery)
    {
        var request = delivery.Message;
        var claim = new Claim(request.Id, request.Run, request.Slot, Name, Guid.NewGuid().ToString("N"));
        var answer = await link.ClaimAsync(claim, _stop.Token);
        await delivery.Ack();
        return answer is ClaimAnswer.Granted granted
            ? new TaskResult(
                request.Id, request.Run, request.Slot, new ItemOutcome(SlotStatus.Completed, Value.Of(request.Slot.Item)),
                Name, claim.ClaimId, granted.Token, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)
            : null;
    }

    /// <summary>The next request that is granted.</summary>
    public async Task<TaskResult> TakeAsync()
    {
        while (true)
        {
            if (await ClaimAsync(await NextAsync()) is { } result)
            {
                return result;
            }
        }
    }

    public async Task ReportAsync(TaskResult result, int times = 1)
    {
        for (var told = 0; told < times; told++)
        {
            await link.ReportAsync(result, _stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_requests is not null)
        {
            await _requests.DisposeAsync();
        }

        _stop.Dispose();
    }
}
