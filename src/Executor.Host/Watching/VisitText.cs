using Executor.Core.Runs;

namespace Executor.Host.Watching;

/// <summary>The words for a visit in progress.</summary>
internal static class VisitText
{
    public static string Name(VisitView visit) =>
        visit.Visit == 1 ? visit.Task : $"{visit.Task} #{visit.Visit}";

    /// <summary>Items that have ended, however.</summary>
    public static int Ended(ItemCounts items) =>
        items.Succeeded + items.Failed + items.TimedOut + items.Cancelled + items.Abandoned + items.Skipped;

    /// <summary>What to add when items did not succeed; else empty.</summary>
    public static string Bad(ItemCounts items)
    {
        var bad = Ended(items) - items.Succeeded;
        return bad == 0 ? "" : $", {bad} not ok";
    }
}
