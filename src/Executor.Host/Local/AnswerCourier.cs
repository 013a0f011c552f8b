using Akka.Event;
using Executor.Actors;
using Executor.Core;
using Executor.Storage;

namespace Executor.Host.Local;

/// <summary>Takes answers that other processes have left in the data directory to the runs of this one.</summary>
internal sealed class AnswerCourier : IAsyncDisposable
{
    private const int Page = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly AnswerOffers _offers;
    private readonly ExecutorSystem _engine;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _one = new(1);
    private readonly Task _working;

    public AnswerCourier(AnswerOffers offers, ExecutorSystem engine)
    {
        _offers = offers;
        _engine = engine;
        _working = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working;
        _stop.Dispose();
        _one.Dispose();
    }

    /// <summary>What has been left until now has reached its runs when this returns, as far as they are looked after here.</summary>
    /// <exception cref="StorageException">The data directory cannot be used.</exception>
    public async Task DeliverAsync(CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            await DeliverAllAsync(stop);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task RunAsync()
    {
        using var ticks = new PeriodicTimer(Pause);
        try
        {
            while (await ticks.WaitForNextTickAsync(_stop.Token))
            {
                await TryDeliverAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // What is not delivered yet is for the next process.
        }
    }

    private async Task TryDeliverAsync()
    {
        try
        {
            await DeliverAsync(_stop.Token);
        }
        catch (StorageException fault)
        {
            _engine.System.Log.Warning(fault, "Answers that were left in the data directory cannot be taken now");
        }
    }

    /// <summary>One of a run that this process is not about stays where it is.</summary>
    private async Task DeliverAllAsync(CancellationToken stop)
    {
        for (var (after, more) = (0L, true); more;)
        {
            var page = await _offers.UndecidedAsync(after, Page, stop);
            foreach (var answer in page)
            {
                after = answer.Number;
                var said = await _engine.TryAnswerAsync(
                    answer.Run, answer.Slot, answer.Response, answer.RespondedBy, answer.At, stop);
                if (said is not null)
                {
                    var verdict = said.Refusal is { } refusal
                        ? new OfferVerdict(refusal.Code, refusal.Message)
                        : new OfferVerdict(OfferVerdict.Accepted, null);
                    await _offers.DecideAsync(answer.Number, verdict, stop);
                }
            }

            more = page.Count == Page;
        }
    }
}
