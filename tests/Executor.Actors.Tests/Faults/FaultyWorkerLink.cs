using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyWorkerLink(IWorkerLink inner, FaultPlan plan) : IWorkerLink
{
    public IAsyncEnumerable<Delivery<TaskRequest>> RequestsAsync(string pool, int prefetch, CancellationToken stop) =>
        FaultyStream.Deliveries(plan, "worker.requests", inner.RequestsAsync(pool, prefetch, stop), stop);

    public Task<ClaimAnswer> ClaimAsync(Claim claim, CancellationToken stop) =>
        plan.CallAsync("worker.claim", () => inner.ClaimAsync(claim, stop), Silent);

    public Task<RenewalAnswer> RenewAsync(Renewal renewal, CancellationToken stop) =>
        plan.CallAsync("worker.renew", () => inner.RenewAsync(renewal, stop), Silent);

    public Task ReportAsync(TaskResult result, CancellationToken stop) =>
        plan.CallAsync("worker.report", () => inner.ReportAsync(result, stop), FaultyStream.Lost);

    public IAsyncEnumerable<CancelRequest> CancelsAsync(
        string worker, IReadOnlyList<string> pools, CancellationToken stop) => FaultyStream.Messages(
        plan, "worker.cancels", inner.CancelsAsync(worker, pools, stop), same => same, same => same, stop);

    public Task BeatAsync(WorkerBeat beat, CancellationToken stop) => inner.BeatAsync(beat, stop);

    private static TimeoutException Silent(string sentence) => new(sentence);
}
