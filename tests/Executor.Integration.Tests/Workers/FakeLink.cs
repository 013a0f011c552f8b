using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Integration.Tests.Workers;

/// <summary>
/// The executor as one worker sees it, with every answer in the test's hands and every step written down.
/// </summary>
internal sealed class FakeLink : IWorkerLink
{
    private readonly Channel<Delivery<TaskRequest>> _requests = Channel.CreateUnbounded<Delivery<TaskRequest>>();
    private readonly Channel<CancelRequest> _cancels = Channel.CreateUnbounded<CancelRequest>();
    private int _requestReads;
    private int _cancelReads;

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Grants everything unless told otherwise.</summary>
    public Func<Claim, Task<ClaimAnswer>>? OnClaim { get; set; }

    /// <summary>Everything still runs unless told otherwise.</summary>
    public Func<Renewal, Task<RenewalAnswer>>? OnRenew { get; set; }

    /// <summary>Everything is confirmed unless told otherwise.</summary>
    public Func<TaskResult, Task>? OnReport { get; set; }

    /// <summary>All are on their way unless told otherwise.</summary>
    public Func<WorkerBeat, Task>? OnBeat { get; set; }

    public bool CannotAcknowledge { get; init; }

    /// <summary>How many enumerations of requests and of cancels break at once.</summary>
    public int BrokenReads { get; init; }

    /// <summary>What happened, in order: claim, ack, requeue, renew, report.</summary>
    public ConcurrentQueue<string> Steps { get; } = new();

    public ConcurrentQueue<Claim> Claims { get; } = new();

    public ConcurrentQueue<Renewal> Renewals { get; } = new();

    public ConcurrentQueue<TaskResult> Reports { get; } = new();

    public ConcurrentQueue<WorkerBeat> Beats { get; } = new();

    public int Acks => Steps.Count(step => step == "ack");

    public static ClaimAnswer Granted(Claim claim, TimeSpan lease) =>
        new ClaimAnswer.Granted(claim.Id, "token-" + claim.ClaimId, lease);

    public static Task<ClaimAnswer> RefusedAsync(Claim claim) =>
        Task.FromResult<ClaimAnswer>(new ClaimAnswer.Refused(claim.Id));

    public static Task<RenewalAnswer> EndedAsync(Renewal renewal) =>
        Task.FromResult(new RenewalAnswer(renewal.Id, Running: false));

    public void Send(TaskRequest request) => _requests.Writer.TryWrite(new Delivery<TaskRequest>(
        request, 1, AckAsync, () => Step("requeue"), _ => Step("reject")));

    public void Cancel(TaskRequest request) => _cancels.Writer.TryWrite(
        new CancelRequest(request.Id, request.Run, request.Slot, request.Pool, null));

    public async Task<TaskResult> ReportAsync()
    {
        await Wait.UntilAsync(() => !Reports.IsEmpty, "a result is reported");
        return Reports.First();
    }

    public IAsyncEnumerable<Delivery<TaskRequest>> RequestsAsync(string pool, int prefetch, CancellationToken stop) =>
        ++_requestReads <= BrokenReads ? throw new IOException("away") : _requests.Reader.ReadAllAsync(stop);

    public Task<ClaimAnswer> ClaimAsync(Claim claim, CancellationToken stop)
    {
        Claims.Enqueue(claim);
        Steps.Enqueue("claim");
        return OnClaim is { } answer ? answer(claim).WaitAsync(stop) : Task.FromResult(Granted(claim, Lease));
    }

    public Task<RenewalAnswer> RenewAsync(Renewal renewal, CancellationToken stop)
    {
        Renewals.Enqueue(renewal);
        Steps.Enqueue("renew");
        return OnRenew is { } answer ? answer(renewal) : Task.FromResult(new RenewalAnswer(renewal.Id, Running: true));
    }

    public Task ReportAsync(TaskResult result, CancellationToken stop)
    {
        Reports.Enqueue(result);
        Steps.Enqueue("report");
        return OnReport is { } confirm ? confirm(result) : Task.CompletedTask;
    }

    public async IAsyncEnumerable<CancelRequest> CancelsAsync(
        string worker, IReadOnlyList<string> pools, [EnumeratorCancellation] CancellationToken stop)
    {
        if (++_cancelReads <= BrokenReads)
        {
            throw new IOException("away");
        }

        await foreach (var cancel in _cancels.Reader.ReadAllAsync(stop))
        {
            yield return cancel;
            Steps.Enqueue("cancel");
        }
    }

    public Task BeatAsync(WorkerBeat beat, CancellationToken stop)
    {
        Beats.Enqueue(beat);
        return OnBeat?.Invoke(beat) ?? Task.CompletedTask;
    }

    private Task AckAsync()
    {
        Steps.Enqueue("ack");
        return CannotAcknowledge ? Task.FromException(new IOException("away")) : Task.CompletedTask;
    }

    private Task Step(string step)
    {
        Steps.Enqueue(step);
        return Task.CompletedTask;
    }
}
