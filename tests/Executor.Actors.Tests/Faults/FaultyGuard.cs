using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultyGuard(IDispatchGuard inner, FaultPlan plan) : IDispatchGuard
{
    public Task<IReadOnlyList<Reserved>> ReserveAsync(IReadOnlyList<Reservation> batch, CancellationToken stop) =>
        CallAsync("guard.reserve", () => inner.ReserveAsync(batch, stop));

    public Task MarkSentAsync(IReadOnlyList<DispatchId> batch, CancellationToken stop) =>
        plan.CallAsync("guard.sent", () => inner.MarkSentAsync(batch, stop), FaultyExecutions.Unreachable);

    public Task<IReadOnlyList<ClaimVerdict>> ClaimAsync(
        IReadOnlyList<Claim> batch, TimeSpan lease, CancellationToken stop) =>
        CallAsync("guard.claim", () => inner.ClaimAsync(batch, lease, stop));

    public Task<IReadOnlyList<bool>> RenewAsync(IReadOnlyList<Renewal> batch, TimeSpan lease, CancellationToken stop) =>
        CallAsync("guard.renew", () => inner.RenewAsync(batch, lease, stop));

    public Task<IReadOnlyList<GuardRow>> WithdrawAsync(IReadOnlyList<Withdrawal> batch, CancellationToken stop) =>
        CallAsync("guard.withdraw", () => inner.WithdrawAsync(batch, stop));

    public Task<IReadOnlyList<GuardRow>> ExpireAsync(int limit, CancellationToken stop) =>
        CallAsync("guard.expire", () => inner.ExpireAsync(limit, stop));

    public Task<IReadOnlyList<GuardRow>> AbandonRunningAsync(int limit, CancellationToken stop) =>
        CallAsync("guard.abandon", () => inner.AbandonRunningAsync(limit, stop));

    public Task CloseAsync(IReadOnlyList<Closing> batch, CancellationToken stop) =>
        plan.CallAsync("guard.close", () => inner.CloseAsync(batch, stop), FaultyExecutions.Unreachable);

    public Task<IReadOnlyList<GuardRow>> UnclosedEndsAsync(int skip, int limit, CancellationToken stop) =>
        CallAsync("guard.unclosed", () => inner.UnclosedEndsAsync(skip, limit, stop));

    public Task<IReadOnlyList<GuardRow>> UnsendStaleAsync(TimeSpan age, int limit, CancellationToken stop) =>
        CallAsync("guard.unsend", () => inner.UnsendStaleAsync(age, limit, stop));

    public Task<GuardBacklog> BacklogAsync(int most, CancellationToken stop) => inner.BacklogAsync(most, stop);

    public Task<IReadOnlyList<GuardRow>> RowsAsync(RunId run, CancellationToken stop) =>
        CallAsync("guard.rows", () => inner.RowsAsync(run, stop));

    private Task<T> CallAsync<T>(string call, Func<Task<T>> made) =>
        plan.CallAsync(call, made, FaultyExecutions.Unreachable);
}
