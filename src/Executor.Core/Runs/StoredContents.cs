using System.Collections.Immutable;
using Executor.Core.Values;

namespace Executor.Core.Runs;

/// <summary>What was fetched of the results of one run that lie beside its journal.</summary>
public sealed class StoredContents
{
    public static readonly StoredContents None = new(ImmutableDictionary.Create<string, Value>(StringComparer.Ordinal));

    private readonly ImmutableDictionary<string, Value> _contents;

    private StoredContents(ImmutableDictionary<string, Value> contents) => _contents = contents;

    public bool IsEmpty => _contents.IsEmpty;

    /// <returns>Null when it is not at hand.</returns>
    public Value? Find(StoredResult stored) => _contents.GetValueOrDefault(stored.Id);

    public StoredContents With(StoredResult stored, Value content) => new(_contents.SetItem(stored.Id, content));
}
