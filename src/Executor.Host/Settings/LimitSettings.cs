using Executor.Core.Runs;

namespace Executor.Host.Settings;

/// <summary>Bounds of the runs that this process starts, which those that they call inherit; and of what stands in journals.</summary>
internal static class LimitSettings
{
    public const string InlineResult = "EXECUTOR__LIMITS__INLINE_RESULT";
    public const string MaxDepth = "EXECUTOR__LIMITS__MAX_DEPTH";
    public const string MaxItems = "EXECUTOR__LIMITS__MAX_ITEMS";
    public const string MaxVisits = "EXECUTOR__LIMITS__MAX_VISITS";

    public static readonly IReadOnlyList<Setting> All =
    [
        new(InlineResult, "Up to which size a result stands in the journal; a larger one is stored beside it and fetched when it is read; 1KiB to 8MiB.", "64KiB"),
        new(MaxDepth, "How deep runs may call runs; a task that would call deeper fails (run.too-deep); 1 to 1000.", "20"),
        new(MaxItems, "How many items a task may have; with more it fails (items.too-many); 1 to 1000000.", "1000000"),
        new(MaxVisits, "How often a run may enter tasks, all together; then it fails (run.too-many-visits); 1 to 1000000.", "10000"),
    ];

    /// <returns>Bytes of JSON up to which a result stands in the journal.</returns>
    /// <exception cref="Unusable">A value that cannot be used.</exception>
    public static int InlineResultOf(SettingsReader settings) => (int)settings.Size(InlineResult, 1 << 10, 8 << 20);

    /// <exception cref="Unusable">A value that cannot be used, by the name of its setting.</exception>
    public static RunLimits Read(SettingsReader settings) => RunLimits.Default with
    {
        MaxDepth = settings.Number(MaxDepth, 1, 1_000),
        MaxItems = settings.Number(MaxItems, 1, 1_000_000),
        MaxVisits = settings.Number(MaxVisits, 1, 1_000_000),
    };
}
