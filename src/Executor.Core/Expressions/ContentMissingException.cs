using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Expressions;

/// <summary>
/// An expression works on results that lie beside the journal and are not at hand. No mistake of anybody: whoever
/// evaluates it fetches them and evaluates it again.
/// </summary>
public sealed class ContentMissingException(ImmutableArray<StoredResult> results)
    : Exception($"{results.Length} results are not at hand.")
{
    /// <summary>At least one, each once.</summary>
    public ImmutableArray<StoredResult> Results { get; } = results;
}
