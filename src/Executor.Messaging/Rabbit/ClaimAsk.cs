using Executor.Core.Messages;
using Executor.Core.Runs;

namespace Executor.Messaging.Rabbit;

/// <summary>A claim or a renewal that waits for its answer.</summary>
internal abstract class ClaimAsk(DispatchId id)
{
    public DispatchId Id => id;

    /// <summary>Answered, or nobody waits for it any more.</summary>
    public abstract bool IsOver { get; }

    public abstract void GiveUp();

    public sealed class OfClaim(Claim claim) : ClaimAsk(claim.Id)
    {
        public Claim Claim => claim;

        public TaskCompletionSource<ClaimAnswer> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool IsOver => Answer.Task.IsCompleted;

        public override void GiveUp() => Answer.TrySetCanceled(CancellationToken.None);
    }

    public sealed class OfRenewal(Renewal renewal) : ClaimAsk(renewal.Id)
    {
        public Renewal Renewal => renewal;

        public TaskCompletionSource<RenewalAnswer> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool IsOver => Answer.Task.IsCompleted;

        public override void GiveUp() => Answer.TrySetCanceled(CancellationToken.None);
    }
}
