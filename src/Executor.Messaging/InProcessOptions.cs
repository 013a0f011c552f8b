namespace Executor.Messaging;

public sealed record InProcessOptions
{
    public static readonly InProcessOptions Default = new();

    /// <summary>How often a request may come back to its queue; one more and it goes to the dead letters.</summary>
    public int DeliveryLimit { get; init; } = 5;

    /// <summary>
    /// All pools are one, because whoever takes from any of them is the only one there is: what would wait for another
    /// would wait in vain.
    /// </summary>
    public bool IsOnePool { get; init; }

    /// <summary>How long a claim or renewal waits for its answer.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a cancel request waits for workers that do not listen yet.</summary>
    public TimeSpan CancelMemory { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many cancel requests wait at most; the oldest is forgotten first.</summary>
    public int CancelsRemembered { get; init; } = 1_000;
}
