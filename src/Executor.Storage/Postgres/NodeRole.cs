using System.ComponentModel.DataAnnotations;

namespace Executor.Storage.Postgres;

/// <summary>The database role that executor nodes log in as: it can do what a node does, and nothing else.</summary>
/// <param name="Name">Shared by all databases of a server.</param>
/// <param name="Password">Null leaves the one it has, or none.</param>
public sealed record NodeRole(
    [property: RegularExpression("[a-z_][a-z0-9_]{0,62}")] string Name,
    [property: MinLength(1)] string? Password = null)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => Name;

    internal void Check() => Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
}
