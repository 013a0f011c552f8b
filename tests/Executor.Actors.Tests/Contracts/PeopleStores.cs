using Executor.Actors.Tests.Servers;
using Executor.Actors.Tests.Storage;
using Executor.Core;

namespace Executor.Actors.Tests.Contracts;

/// <summary>The stores for people of one database, empty.</summary>
internal sealed class PeopleStores : IAsyncDisposable
{
    private readonly Func<ValueTask> _close;

    private PeopleStores(IWorkflowLibrary library, IApiKeys keys, IAudit audit, Func<ValueTask> close)
    {
        Library = library;
        Keys = keys;
        Audit = audit;
        _close = close;
    }

    public IWorkflowLibrary Library { get; }

    public IApiKeys Keys { get; }

    public IAudit Audit { get; }

    public static async Task<PeopleStores> OpenAsync(string database)
    {
        if (database == "sqlite")
        {
            var directory = new DataDirectory();
            var sqlite = await directory.OpenAsync();
            return new PeopleStores(sqlite.Library, sqlite.Keys, sqlite.Audit, async () =>
            {
                await sqlite.DisposeAsync();
                directory.Dispose();
            });
        }

        var schema = await TestSchema.MadeAsync();
        var postgres = await schema.OpenAsync();
        return new PeopleStores(postgres.Library, postgres.Keys, postgres.Audit, async () =>
        {
            await postgres.DisposeAsync();
            await schema.DisposeAsync();
        });
    }

    public ValueTask DisposeAsync() => _close();
}
