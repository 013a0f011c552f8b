namespace Executor.Core;

/// <summary>Workflows that people have stored to start them by name.</summary>
/// <remarks>Every call throws <see cref="StorageException"/> when the database cannot be reached.</remarks>
public interface IWorkflowLibrary
{
    /// <summary>
    /// Whole or not at all. Text that is already the latest of its name changes nothing; other text becomes the next
    /// number.
    /// </summary>
    Task<Stored> StoreAsync(NewWorkflow workflow, CancellationToken stop);

    /// <summary>The latest of each name, in order of the name.</summary>
    /// <param name="after">The last name of the page before; null for the first page.</param>
    Task<IReadOnlyList<StoredWorkflow>> ListAsync(string? after, int limit, CancellationToken stop);

    /// <summary>Newest first.</summary>
    /// <param name="before">The last number of the page before; null for the first page.</param>
    Task<IReadOnlyList<StoredWorkflow>> VersionsAsync(string reference, int? before, int limit, CancellationToken stop);

    /// <param name="number">Null: the latest.</param>
    /// <returns>Null when there is none.</returns>
    Task<StoredWorkflow?> FindAsync(string reference, int? number, CancellationToken stop);
}

/// <param name="Version">The author's own; null when the file names none.</param>
/// <param name="By">Who stores it; null where nobody is asked who they are.</param>
public sealed record NewWorkflow(string Reference, string? Version, string Hash, string Source, string? By);

/// <param name="Number">From 1, counted per name.</param>
public sealed record StoredWorkflow(
    string Reference, int Number, string? Version, string Hash, DateTimeOffset StoredAt, string? By);

public abstract record Stored
{
    private Stored()
    {
    }

    /// <param name="IsNew">False: the same text was the latest before.</param>
    public sealed record As(StoredWorkflow Workflow, bool IsNew) : Stored;

    /// <summary>The author's version is already that of another text, so nothing was stored.</summary>
    public sealed record VersionTaken(StoredWorkflow By) : Stored;
}
