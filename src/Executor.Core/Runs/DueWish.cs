namespace Executor.Core.Runs;

/// <param name="Step">To be asked of the store; null when there is nothing to ask.</param>
/// <param name="WantsProof">An empty entry is to be stored, so that it is certain that nobody else has written.</param>
public readonly record struct DueWish(DueStep? Step, bool WantsProof)
{
    public static readonly DueWish None;

    public static readonly DueWish Proof = new(null, WantsProof: true);
}
