namespace Executor.Actors.Tests.Contracts;

/// <summary>What every catalog of definitions promises.</summary>
public abstract class WorkflowCatalogContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Stores> OpenAsync();

    [Fact]
    public async Task A_definition_comes_back_as_it_was_stored()
    {
        await using var stores = await OpenAsync();
        var source = "version: 1\n# Grüße 世界 🚀\r\n" + new string('x', 1_000_000);

        await stores.Catalog.StoreAsync("h1", "release", source, Never);

        Assert.Equal(source, await stores.Catalog.SourceAsync("h1", Never));
        Assert.Null(await stores.Catalog.SourceAsync("h2", Never));
    }

    [Fact]
    public async Task Storing_again_changes_nothing()
    {
        await using var stores = await OpenAsync();
        await stores.Catalog.StoreAsync("h1", "release", "first", Never);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => stores.Catalog.StoreAsync("h1", $"n{n}", "other", Never)));

        Assert.Equal("first", await stores.Catalog.SourceAsync("h1", Never));
    }
}
