using System.Collections.Immutable;

namespace Executor.Core.Runs.Reruns;

/// <summary>What of a run that has ended is to run again; nothing named is all of it, from the start.</summary>
/// <param name="From">Names of tasks: the last visit of each runs again, and all that came of it.</param>
/// <param name="FailedItems">
/// The last visit of each task with items that ended badly runs again, but for the items that succeeded.
/// </param>
public sealed record RerunRequest(ImmutableArray<string> From, bool FailedItems)
{
    public static readonly RerunRequest Whole = new([], FailedItems: false);

    public bool IsWhole => From.IsEmpty && !FailedItems;
}
