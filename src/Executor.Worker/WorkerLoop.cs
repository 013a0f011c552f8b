using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Worker.Actions;
using Executor.Worker.Attempts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Executor.Worker;

/// <summary>
/// One worker: takes requests, claims each, acknowledges it, runs its action under a lease and sends the result.
/// </summary>
/// <remarks>
/// It starts an attempt at most once, whatever is delivered how often. Told to stop, it takes nothing more, lets run
/// what runs up to the drain limit, then kills it and leaves it to the lease.
/// </remarks>
public sealed class WorkerLoop
{
    private readonly IWorkerLink _link;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<DispatchId, Attempt> _inHand = new();
    private readonly SemaphoreSlim _free;
    private readonly KeptResults _kept;
    private readonly Claiming _claiming;
    private readonly Working _working;
    private readonly Reporting _reporting;
    private readonly Cancels _cancels;
    private readonly LeaseWatch _watch;
    private readonly Beating _beating;

    /// <param name="time">Null is the system's.</param>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public WorkerLoop(
        IWorkerLink link, ActionCatalog actions, WorkerOptions options, TimeProvider? time = null,
        ILogger<WorkerLoop>? log = null, IActionObserver? observer = null)
    {
        options.Check();
        _link = link;
        _options = options;
        _time = time ?? TimeProvider.System;
        _log = log ?? NullLogger<WorkerLoop>.Instance;
        _free = new SemaphoreSlim(options.Parallelism);
        _kept = new KeptResults(link, _time, _log);
        _claiming = new Claiming(link, options, _time, _log);
        _cancels = new Cancels(link, _inHand, options, _time, _log);
        _working = new Working(actions, _cancels, observer, options, _time, _log);
        _reporting = new Reporting(link, _kept, options, _time, _log);
        _watch = new LeaseWatch(link, _inHand, _kept, options, _time, _log);
        _beating = new Beating(link, actions, () => Busy, options, _time, _log);
    }

    /// <summary>Requests whose result is not sent yet.</summary>
    public int InHand => _inHand.Count;

    /// <summary>Places for actions that are in use.</summary>
    public int Busy => _options.Parallelism - _free.CurrentCount;

    /// <summary>Results sent that the executor has not yet confirmed to know.</summary>
    public int Kept => _kept.Count;

    /// <summary>Works until it is told to stop, and returns when it has drained. Once per object.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var end = new CancellationTokenSource();
        var background = Task.WhenAll(
            _cancels.RunAsync(end.Token), _watch.RunAsync(end.Token), _beating.RunAsync(end.Token));
        await Task.WhenAll(_options.Pools.Select(pool => TakeAsync(pool, stop, end.Token)));
        await DrainAsync(end);
        await background;
    }

    private async Task TakeAsync(string pool, CancellationToken stop, CancellationToken end)
    {
        var pause = new GrowingPause(_options, _time);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var delivery in _link.RequestsAsync(pool, _options.PrefetchPerPool, stop))
                {
                    pause.Reset();
                    await _free.WaitAsync(stop);
                    Begin(delivery, stop, end);
                }

                await pause.WaitAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                _log.LogWarning(failure, "Requests of pool {Pool} cannot be read; trying again", pool);
                await pause.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Begin(Delivery<TaskRequest> delivery, CancellationToken stop, CancellationToken end)
    {
        var attempt = new Attempt(delivery.Message, _options.Name, _time, delivery.SentAt);
        if (_inHand.TryAdd(delivery.Message.Id, attempt))
        {
            _ = Task.Run(() => AttendAsync(attempt, delivery, stop, end), CancellationToken.None);
        }
        else
        {
            _free.Release();
            _ = _claiming.SettleAsync(delivery);
        }
    }

    private async Task AttendAsync(
        Attempt attempt, Delivery<TaskRequest> delivery, CancellationToken stop, CancellationToken end)
    {
        try
        {
            if (await WorkAsync(attempt, delivery, stop, end) is { } result)
            {
                await _reporting.SendAsync(attempt, result, end);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _log.LogDebug("Left {DispatchId} to others", attempt.Request.Id);
        }
        catch (Exception failure)
        {
            _log.LogError(failure, "Attending to {DispatchId} failed; the lease decides", attempt.Request.Id);
        }
        finally
        {
            _inHand.TryRemove(attempt.Request.Id, out _);
            attempt.Leave();
        }
    }

    private async Task<TaskResult?> WorkAsync(
        Attempt attempt, Delivery<TaskRequest> delivery, CancellationToken stop, CancellationToken end)
    {
        var body = Task.CompletedTask;
        try
        {
            if (!await _claiming.WinAsync(attempt, delivery, stop, end))
            {
                return null;
            }

            (var result, body) = await _working.DoAsync(attempt);
            return result;
        }
        finally
        {
            // An action that does not stop keeps its place: the limit holds for what really runs.
            if (body.IsCompleted)
            {
                _free.Release();
            }
            else
            {
                _ = body.ContinueWith(_ => _free.Release(), TaskScheduler.Default);
            }
        }
    }

    private async Task DrainAsync(CancellationTokenSource end)
    {
        var rest = Task.WhenAll(_inHand.Values.Select(attempt => attempt.Done));
        if (await EndsWithinAsync(rest, _options.DrainLimit))
        {
            await end.CancelAsync();
            return;
        }

        _log.LogWarning("{Count} actions still run after {Limit}; killing them", InHand, _options.DrainLimit);
        foreach (var attempt in _inHand.Values)
        {
            attempt.Stop(StopReason.Leaving);
        }

        await end.CancelAsync();
        await rest;
    }

    private async Task<bool> EndsWithinAsync(Task work, TimeSpan limit)
    {
        if (work.IsCompleted)
        {
            return true;
        }

        try
        {
            await work.WaitAsync(limit, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
