namespace Executor.Core.Runs;

/// <summary>Statuses as they are written: in lower case.</summary>
public static class StatusWords
{
    private static readonly string[] Slots = [.. Enum.GetNames<SlotStatus>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] Runs = [.. Enum.GetNames<RunStatus>().Select(name => name.ToLowerInvariant())];

    public static string Of(SlotStatus status) => Slots[(int)status];

    public static string Of(RunStatus status) => Runs[(int)status];
}
