namespace Executor.Messaging.Rabbit;

/// <summary>Whether a reader is still there to settle what it has in hand.</summary>
internal sealed class Presence
{
    private volatile bool _gone;

    public bool IsGone => _gone;

    public void Leave() => _gone = true;
}
