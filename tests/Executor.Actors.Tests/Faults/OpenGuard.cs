using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Faults;

/// <summary>The second layer switched off: everything is to be sent, every claim is granted.</summary>
public sealed class OpenGuard(IDispatchGuard inner) : IDispatchGuard
{
    public async Task<IReadOnlyList<Reserved>> ReserveAsync(IReadOnlyList<Reservation> batch, CancellationToken stop) =>
        [.. (await inner.ReserveAsync(batch, stop)).Select(reserved => reserved with { State = ReservedState.Unsent })];

    public async Task<IReadOnlyList<ClaimVerdict>> ClaimAsync(
        IReadOnlyList<Claim> batch, TimeSpan lease, CancellationToken stop) =>
        [.. (await inner.ClaimAsync(batch, lease, stop)).Select(_ => new ClaimVerdict(IsGranted: true))];

    public Task MarkSentAsync(IReadOnlyList<DispatchId> batch, CancellationToken stop) => inner.MarkSentAsync(batch, stop);

    public Task<IReadOnlyList<bool>> RenewAsync(IReadOnlyList<Renewal> batch, TimeSpan lease, CancellationToken stop) =>
        inner.RenewAsync(batch, lease, stop);

    public Task<IReadOnlyList<GuardRow>> WithdrawAsync(IReadOnlyList<Withdrawal> batch, CancellationToken stop) =>
        inner.WithdrawAsync(batch, stop);

    public Task<IReadOnlyList<GuardRow>> ExpireAsync(int limit, CancellationToken stop) => inner.ExpireAsync(limit, stop);

    public Task<IReadOnlyList<GuardRow>> AbandonRunningAsync(int limit, CancellationToken stop) =>
        inner.AbandonRunningAsync(limit, stop);

    public Task CloseAsync(IReadOnlyList<Closing> batch, CancellationToken stop) => inner.CloseAsync(batch, stop);

    public Task<IReadOnlyList<GuardRow>> UnclosedEndsAsync(int skip, int limit, CancellationToken stop) =>
        inner.UnclosedEndsAsync(skip, limit, stop);

    public Task<IReadOnlyList<GuardRow>> UnsendStaleAsync(TimeSpan age, int limit, CancellationToken stop) =>
        inner.UnsendStaleAsync(age, limit, stop);

    public Task<GuardBacklog> BacklogAsync(int most, CancellationToken stop) => inner.BacklogAsync(most, stop);

    public Task<IReadOnlyList<GuardRow>> RowsAsync(RunId run, CancellationToken stop) => inner.RowsAsync(run, stop);
}
