using Executor.Core;

namespace Executor.Storage.People;

/// <summary>A row of <c>api_key</c> as it stands in the database.</summary>
internal sealed class KeyLine
{
    public required string Id { get; init; }

    public required string Hash { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public long CreatedAt { get; init; }

    public long ExpiresAt { get; init; }

    public long? RevokedAt { get; init; }

    public static KeyLine Of(ApiKey key) => new()
    {
        Id = key.Id,
        Hash = key.Hash,
        Name = key.Name,
        Role = Words<Role>.Of(key.Role),
        CreatedAt = Micros.Of(key.CreatedAt),
        ExpiresAt = Micros.Of(key.ExpiresAt),
        RevokedAt = Micros.Of(key.RevokedAt),
    };

    public ApiKey ToKey() => new(
        Id, Hash, Name, Words<Role>.Parse(Role), Micros.ToTime(CreatedAt), Micros.ToTime(ExpiresAt),
        Micros.ToTime(RevokedAt));
}
