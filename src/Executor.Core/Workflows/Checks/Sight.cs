namespace Executor.Core.Workflows.Checks;

/// <summary>What expressions at one place of a workflow can see.</summary>
/// <param name="Place">For messages: <c>in an entry task</c>.</param>
/// <param name="Facts">Members of <c>system</c>.</param>
internal sealed record Sight(string Place, IReadOnlyCollection<string> Facts)
{
    public required IReadOnlySet<string> Variables { get; init; }

    public bool SeesTasks { get; init; }

    public bool SeesOutcome { get; init; }

    public bool SeesItem { get; init; }

    /// <summary>Second name of the item; null when it has none.</summary>
    public string? Alias { get; init; }
}
