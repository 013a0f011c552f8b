using Executor.Core;
using Executor.Host.Settings;
using Executor.Storage;
using Executor.Storage.Postgres;

namespace Executor.Host.Serving;

/// <summary>The stores of a server, opened beside it.</summary>
internal sealed class StoresHandle : IAsyncDisposable
{
    private readonly IAsyncDisposable _owner;

    private StoresHandle(IAsyncDisposable owner, IApiKeys keys)
    {
        _owner = owner;
        Keys = keys;
    }

    public IApiKeys Keys { get; }

    public static async Task<StoresHandle> OpenAsync(SettingsReader settings, CancellationToken stop)
    {
        if (settings.Text(HostSettings.Postgres) is { } connection)
        {
            var postgres = await PostgresStores.OpenAsync(new PostgresOptions { Connection = connection }, stop);
            return new StoresHandle(postgres, postgres.Keys);
        }

        var sqlite = await SqliteStores.OpenAsync(settings.Required(HostSettings.Data));
        return new StoresHandle(sqlite, sqlite.Keys);
    }

    public ValueTask DisposeAsync() => _owner.DisposeAsync();
}
