using System.Collections.Concurrent;
using Executor.Core;

namespace Executor.Actors.Tests.Fakes;

public sealed class InMemoryCatalog : IWorkflowCatalog
{
    private readonly ConcurrentDictionary<string, string> _sources = new(StringComparer.Ordinal);

    public Task StoreAsync(string hash, string reference, string source, CancellationToken stop)
    {
        _sources.TryAdd(hash, source);
        return Task.CompletedTask;
    }

    public Task<string?> SourceAsync(string hash, CancellationToken stop) =>
        Task.FromResult(_sources.GetValueOrDefault(hash));
}
