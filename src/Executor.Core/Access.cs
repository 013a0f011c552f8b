namespace Executor.Core;

/// <summary>What somebody may do; each role may do all that those before it may.</summary>
public enum Role
{
    Viewer,
    Operator,
    Author,
    Admin,
}

/// <summary>Keys of the HTTP API. The key itself is never stored.</summary>
/// <remarks>Every call throws <see cref="StorageException"/> when the database cannot be reached.</remarks>
public interface IApiKeys
{
    Task AddAsync(ApiKey key, CancellationToken stop);

    /// <returns>Null when there is none.</returns>
    Task<ApiKey?> FindAsync(string id, CancellationToken stop);

    /// <summary>All, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken stop);

    /// <returns>False when there is none, or it was revoked before.</returns>
    Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken stop);
}

/// <param name="Id">8 characters, part of the key's text.</param>
/// <param name="Hash">SHA-256 of the key's text.</param>
/// <param name="Name">For people.</param>
public sealed record ApiKey(
    string Id, string Hash, string Name, Role Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt = null);

/// <summary>What was changed, or tried to be, and by whom; only ever added to.</summary>
public interface IAudit
{
    /// <exception cref="StorageException">Nothing is known to be written.</exception>
    Task AppendAsync(AuditRow row, CancellationToken stop);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AuditRow>> LatestAsync(int limit, CancellationToken stop);
}

/// <param name="Principal">
/// Name and id of the key; <c>anonymous</c> without one; of a worker <c>broker user</c> and the user's name.
/// </param>
/// <param name="Object">What it concerned, as <c>run 81c4…</c>.</param>
/// <param name="Outcome"><c>accepted</c>, or the code of the refusal.</param>
public sealed record AuditRow(
    DateTimeOffset At, string Principal, string Address, string RequestId, string Action, string Object, string Outcome);
