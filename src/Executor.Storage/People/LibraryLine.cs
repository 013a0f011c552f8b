using Executor.Core;

namespace Executor.Storage.People;

/// <summary>A row of <c>workflow_version</c> as it stands in the database.</summary>
internal sealed class LibraryLine
{
    public required string Reference { get; init; }

    public long Number { get; init; }

    public string? Version { get; init; }

    public required string Hash { get; init; }

    public long StoredAt { get; init; }

    public string? StoredBy { get; init; }

    public StoredWorkflow ToWorkflow() =>
        new(Reference, (int)Number, Version, Hash, Micros.ToTime(StoredAt), StoredBy);
}
