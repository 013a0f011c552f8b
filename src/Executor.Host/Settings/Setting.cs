namespace Executor.Host.Settings;

/// <summary>One thing that an operator can set, by an environment variable.</summary>
/// <param name="Name">As <c>EXECUTOR__CLUSTER__PORT</c>.</param>
/// <param name="Help">What it means, with unit and range.</param>
/// <param name="Default">Null: there is none.</param>
/// <param name="IsSecret">Never shown.</param>
internal sealed record Setting(string Name, string Help, string? Default = null, bool IsSecret = false)
{
    public const string Prefix = "EXECUTOR__";
}
