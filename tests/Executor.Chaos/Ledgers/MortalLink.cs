using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Chaos.Ledgers;

/// <summary>A worker's link on which it may die before and after each word that counts.</summary>
internal sealed class MortalLink(IWorkerLink link, Fate fate) : IWorkerLink
{
    public IAsyncEnumerable<Delivery<TaskRequest>> RequestsAsync(string pool, int prefetch, CancellationToken stop) =>
        link.RequestsAsync(pool, prefetch, stop);

    public async Task<ClaimAnswer> ClaimAsync(Claim claim, CancellationToken stop)
    {
        fate.Meet(DeathMoment.BeforeClaim);
        var answer = await link.ClaimAsync(claim, stop);
        if (answer is ClaimAnswer.Granted)
        {
            fate.Meet(DeathMoment.AfterGrant);
        }

        return answer;
    }

    public Task<RenewalAnswer> RenewAsync(Renewal renewal, CancellationToken stop) => link.RenewAsync(renewal, stop);

    public async Task ReportAsync(TaskResult result, CancellationToken stop)
    {
        fate.Meet(DeathMoment.AfterAction);
        await link.ReportAsync(result, stop);
        fate.Meet(DeathMoment.AfterConfirm);
    }

    public IAsyncEnumerable<CancelRequest> CancelsAsync(string worker, IReadOnlyList<string> pools, CancellationToken stop) =>
        link.CancelsAsync(worker, pools, stop);

    public Task BeatAsync(WorkerBeat beat, CancellationToken stop) => link.BeatAsync(beat, stop);
}
