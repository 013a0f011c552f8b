namespace Executor.Core.Runs;

/// <summary>Statuses as they are written, in lower case, and read, in any.</summary>
public static class StatusWords
{
    private static readonly string[] Slots = [.. Enum.GetNames<SlotStatus>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] Runs = [.. Enum.GetNames<RunStatus>().Select(name => name.ToLowerInvariant())];

    public static string Of(SlotStatus status) => Slots[(int)status];

    public static string Of(RunStatus status) => Runs[(int)status];

    /// <returns>Null when a run has no such status.</returns>
    public static RunStatus? Run(string word)
    {
        var place = Array.FindIndex(Runs, known => known.Equals(word, StringComparison.OrdinalIgnoreCase));
        return place < 0 ? null : (RunStatus)place;
    }
}
