using Executor.Core.Runs;

namespace Executor.Rehearsal;

/// <summary>Statuses as workflows and reports write them.</summary>
internal static class Words
{
    private static readonly RunStatus[] Ends =
        [RunStatus.Completed, RunStatus.Failed, RunStatus.Timeout, RunStatus.Cancelled];

    public static RunStatus Status(string word)
    {
        var found = Ends.Where(status => StatusWords.Of(status) == word).ToList();
        return found is [var only]
            ? only
            : throw new ArgumentException(
                $"No run ends '{word}'; it is one of {string.Join(", ", Ends.Select(StatusWords.Of))}.");
    }
}
