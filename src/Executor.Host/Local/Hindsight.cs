using System.Collections.Immutable;
using Executor.Core.Explaining;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Host.Local;

/// <summary>Explains a run, and fetches large results where a condition must be looked at again that has read them.</summary>
internal static class Hindsight
{
    /// <inheritdoc cref="Explanation.Of"/>
    public static async Task<ImmutableArray<Sentence>?> OfAsync(
        RunId run, IReadOnlyList<IReadOnlyList<RunEvent>> entries, string? task, Func<StoredResult, Task<Value>> contentOf)
    {
        for (var atHand = StoredContents.None; ;)
        {
            try
            {
                return Explanation.Of(run, entries, task, atHand);
            }
            catch (ContentMissingException missing)
            {
                foreach (var result in missing.Results)
                {
                    atHand = atHand.With(result, await contentOf(result));
                }
            }
        }
    }
}
