using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>
/// What several evaluations have missed, so that it is fetched at once and not one after the other. What comes after
/// the first miss is evaluated for its own misses only: whether it has a value is told when all can be told.
/// </summary>
internal sealed class MissingContents
{
    private readonly Dictionary<string, StoredResult> _results = new(StringComparer.Ordinal);

    /// <summary>Of their JSON together.</summary>
    public long Bytes { get; private set; }

    /// <param name="evaluation">Its errors are passed on where nothing was missed before.</param>
    public void Gather(Action evaluation)
    {
        try
        {
            evaluation();
        }
        catch (ContentMissingException missing)
        {
            foreach (var result in missing.Results)
            {
                Bytes += _results.TryAdd(result.Id, result) ? result.Bytes : 0;
            }
        }
        catch (ExpressionException) when (_results.Count > 0)
        {
            // Perhaps not the first error: those before it cannot be known yet.
        }
    }

    /// <exception cref="ContentMissingException">Something was missed.</exception>
    public void ThrowIfAny()
    {
        if (_results.Count > 0)
        {
            throw new ContentMissingException([.. _results.Values]);
        }
    }
}
