using Executor.Core.Runs;

namespace Executor.Rehearsal;

/// <summary>Statuses as workflows and reports write them.</summary>
internal static class Words
{
    private static readonly RunStatus[] Ends =
        [RunStatus.Completed, RunStatus.Failed, RunStatus.Timeout, RunStatus.Cancelled];

    public static RunStatus Status(string word) => StatusWords.Run(word) is { } status && Ends.Contains(status)
        ? status
        : throw new ArgumentException(
            $"No run ends '{word}'; it is one of {string.Join(", ", Ends.Select(StatusWords.Of))}.");
}
