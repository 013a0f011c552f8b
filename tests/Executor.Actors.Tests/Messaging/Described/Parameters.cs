namespace Executor.Actors.Tests.Messaging.Described;

/// <summary>The names that stand for the parameters of the description.</summary>
internal static class Parameters
{
    public const string Pool = "linux";
    public const string Worker = "linux.w1";
    public const string Unique = "0f1e2d3c";

    public static string? Fill(string? template) => template?
        .Replace("{pool}", Pool, StringComparison.Ordinal)
        .Replace("{worker}", Worker, StringComparison.Ordinal)
        .Replace("{unique}", Unique, StringComparison.Ordinal);
}
