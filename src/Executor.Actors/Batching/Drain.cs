namespace Executor.Actors.Batching;

/// <summary>Answered by <see cref="Drained"/> once nothing is gathered and nothing is under way.</summary>
public sealed record Drain
{
    public static readonly Drain Now = new();
}

public sealed record Drained
{
    public static readonly Drained Instance = new();
}
