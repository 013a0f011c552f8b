using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Results;

/// <summary>From a run: store these results, which are too large for its journal. Answered by <see cref="Kept"/>.</summary>
/// <remarks>A class: the answer names the very question.</remarks>
internal sealed class Keep(RunId run, ImmutableArray<Value> results)
{
    public RunId Run { get; } = run;

    public ImmutableArray<Value> Results { get; } = results;
}

/// <param name="Stored">In the order of the question; null for what cannot be written.</param>
internal sealed record Kept(Keep What, ImmutableArray<StoredResult?> Stored);

/// <summary>From a run: the contents of these. Answered by <see cref="Fetched"/> when all are at hand.</summary>
/// <remarks>A class: the answer names the very question.</remarks>
internal sealed class Fetch(RunId run, ImmutableArray<StoredResult> results)
{
    public RunId Run { get; } = run;

    public ImmutableArray<StoredResult> Results { get; } = results;
}

/// <param name="Contents">In the order of the question.</param>
internal sealed record Fetched(Fetch What, ImmutableArray<Value> Contents);
