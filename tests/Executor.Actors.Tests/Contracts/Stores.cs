using Executor.Actors.Tests.Fakes;
using Executor.Actors.Tests.Servers;
using Executor.Core;
using Executor.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Executor.Actors.Tests.Contracts;

/// <summary>The stores of one implementation, empty at first, and the clock they go by.</summary>
public sealed record Stores(
    IDispatchGuard Guard, IExecutionStore Executions, IWorkflowCatalog Catalog, IDueTimes DueTimes,
    Clock Time, Func<Task> Close) : IAsyncDisposable
{
    public required IInquiryStore Inquiries { get; init; }

    public required IResultStore Results { get; init; }

    public static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static Task<Stores> InMemoryAsync()
    {
        var time = new FakeTimeProvider(Noon);
        return Task.FromResult(new Stores(
            new InMemoryGuard(time), new InMemoryExecutions(), new InMemoryCatalog(), new InMemoryDueTimes(),
            new Clock(time.Advance),
            () => Task.CompletedTask)
        {
            Inquiries = new InMemoryInquiries(),
            Results = new InMemoryResults(),
        });
    }

    public static async Task<Stores> SqliteAsync()
    {
        var time = new FakeTimeProvider(Noon);
        var directory = Directory.CreateTempSubdirectory("executor-store-").FullName;
        var stores = await SqliteStores.OpenAsync(directory, time);
        return new Stores(stores.Guard, stores.Executions, stores.Catalog, stores.DueTimes, new Clock(time.Advance), async () =>
        {
            await stores.DisposeAsync();
            Directory.Delete(directory, recursive: true);
        })
        {
            Inquiries = stores.Inquiries,
            Results = stores.Results,
        };
    }

    public static async Task<Stores> PostgresAsync()
    {
        var schema = await TestSchema.MadeAsync();
        var time = await schema.StopClockAsync(Noon);
        var stores = await schema.OpenAsync();
        return new Stores(stores.Guard, stores.Executions, stores.Catalog, stores.DueTimes, time, async () =>
        {
            await stores.DisposeAsync();
            await schema.DisposeAsync();
        })
        {
            Inquiries = stores.Inquiries,
            Results = stores.Results,
        };
    }

    public async ValueTask DisposeAsync() => await Close();
}
