using Executor.Core;

namespace Executor.Actors.Tests.Contracts;

/// <summary>Workflows by name, keys and audit: what every database of ours keeps alike.</summary>
public sealed class PeopleContractTests
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Databases => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_same_text_is_stored_once_and_another_gets_the_next_number(string database)
    {
        await using var stores = await PeopleStores.OpenAsync(database);

        var first = Assert.IsType<Stored.As>(await stores.Library.StoreAsync(New("a.b", "one"), Never));
        var again = Assert.IsType<Stored.As>(await stores.Library.StoreAsync(New("a.b", "one"), Never));
        var second = Assert.IsType<Stored.As>(await stores.Library.StoreAsync(New("a.b", "two"), Never));

        Assert.Equal((true, false, true), (first.IsNew, again.IsNew, second.IsNew));
        Assert.Equal((1, 1, 2), (first.Workflow.Number, again.Workflow.Number, second.Workflow.Number));
        Assert.Equal(second.Workflow with { StoredAt = Noon }, (await stores.Library.FindAsync("a.b", null, Never))! with { StoredAt = Noon });
        Assert.Equal("hash of one", (await stores.Library.FindAsync("a.b", 1, Never))!.Hash);
        Assert.Null(await stores.Library.FindAsync("a.b", 3, Never));
        Assert.Equal([2, 1], (await stores.Library.VersionsAsync("a.b", null, 9, Never)).Select(one => one.Number));
        Assert.Equal([1], (await stores.Library.VersionsAsync("a.b", 2, 9, Never)).Select(one => one.Number));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_who_store_at_the_same_moment_get_numbers_of_their_own(string database)
    {
        await using var stores = await PeopleStores.OpenAsync(database);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => stores.Library.StoreAsync(New("a.b", $"text {n}"), Never)));

        Assert.Equal(
            Enumerable.Range(1, 8).Reverse(),
            (await stores.Library.VersionsAsync("a.b", null, 20, Never)).Select(one => one.Number));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_version_of_the_author_is_that_of_one_text(string database)
    {
        await using var stores = await PeopleStores.OpenAsync(database);
        await stores.Library.StoreAsync(New("a.b", "one", "1.0"), Never);

        var taken = await stores.Library.StoreAsync(New("a.b", "two", "1.0"), Never);

        Assert.Equal(1, Assert.IsType<Stored.VersionTaken>(taken).By.Number);
        Assert.IsType<Stored.As>(await stores.Library.StoreAsync(New("c.d", "two", "1.0"), Never));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Names_are_listed_in_order_each_with_its_latest_page_by_page(string database)
    {
        await using var stores = await PeopleStores.OpenAsync(database);
        foreach (var (reference, text) in new[] { ("c", "1"), ("a", "2"), ("b", "3"), ("a", "4") })
        {
            await stores.Library.StoreAsync(New(reference, text), Never);
        }

        var first = await stores.Library.ListAsync(null, 2, Never);
        var second = await stores.Library.ListAsync(first[^1].Reference, 2, Never);

        Assert.Equal([("a", 2), ("b", 1), ("c", 1)], first.Concat(second).Select(one => (one.Reference, one.Number)));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_key_is_kept_as_it_was_made_and_revoked_once(string database)
    {
        await using var stores = await PeopleStores.OpenAsync(database);
        var key = new ApiKey("12345678", "hash", "me", Role.Author, Noon, Noon.AddDays(1));

        await stores.Keys.AddAsync(key, Never);

        Assert.Equal(key, await stores.Keys.FindAsync(key.Id, Never));
        Assert.Null(await stores.Keys.FindAsync("other", Never));
        Assert.True(await stores.Keys.RevokeAsync(key.Id, Noon.AddHours(1), Never));
        Assert.False(await stores.Keys.RevokeAsync(key.Id, Noon.AddHours(2), Never));
        Assert.False(await stores.Keys.RevokeAsync("other", Noon, Never));
        Assert.Equal([key with { RevokedAt = Noon.AddHours(1) }], await stores.Keys.ListAsync(Never));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Audit_rows_come_back_newest_first(string database)
    {
        await using var stores = await PeopleStores.OpenAsync(database);
        var rows = Enumerable.Range(0, 3)
            .Select(n => new AuditRow(Noon.AddMinutes(n), "me", "127.0.0.1", $"request {n}", "POST /runs", $"run {n}", "accepted"))
            .ToArray();
        foreach (var row in rows)
        {
            await stores.Audit.AppendAsync(row, Never);
        }

        Assert.Equal([rows[2], rows[1]], await stores.Audit.LatestAsync(2, Never));
    }

    private static NewWorkflow New(string reference, string text, string? version = null) =>
        new(reference, version, $"hash of {text}", text, "me");
}
