using System.Net;

namespace Executor.Integration.Tests.Api;

public sealed class WorkflowTests : IAsyncLifetime
{
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await ApiUnderTest.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Each_new_text_gets_the_next_number_and_the_same_text_none()
    {
        using var first = await _api.StoreAsync(Workflow("one"));
        using var again = await _api.StoreAsync(Workflow("one"));
        using var second = await _api.StoreAsync(Workflow("two"));
        using var back = await _api.StoreAsync(Workflow("one"));

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Created],
            new[] { first, again, second, back }.Select(response => response.StatusCode));
        var versions = await _api.GetAsync("/api/v1/workflows/test.one/versions");
        Assert.Equal([3, 2, 1], versions.AsArray().Select(version => (int)version!["number"]!));
        var old = await _api.GetAsync("/api/v1/workflows/test.one?number=2");
        Assert.Equal(Workflow("two"), (string)old["definition"]!);
    }

    [Fact]
    public async Task What_is_stored_although_it_is_odd_is_answered_with_what_to_look_at()
    {
        using var odd = await _api.StoreAsync("ref: test.odd\nvars:\n  spare-part: 1\ntasks: [{name: a, action: core.noop}]\n");
        using var plain = await _api.StoreAsync(Workflow("one"));

        var warning = Assert.Single((await ApiUnderTest.BodyAsync(odd))["warnings"]!.AsArray())!;
        Assert.Equal(
            ("warning", 3, 3), ((string)warning["severity"]!, (int)warning["line"]!, (int)warning["column"]!));
        Assert.Contains("'spare-part'", (string)warning["message"]!, StringComparison.Ordinal);
        Assert.Null((await ApiUnderTest.BodyAsync(plain))["warnings"]);
    }

    [Fact]
    public async Task A_version_of_the_author_names_one_text_for_ever()
    {
        using var first = await _api.StoreAsync(Workflow("one", "1.0"));
        using var other = await _api.StoreAsync(Workflow("two", "1.0"));

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal("workflow.version-taken", (string)(await ApiUnderTest.BodyAsync(other))["code"]!);
        using var without = await _api.StoreAsync(Workflow("two"));
        Assert.Equal(HttpStatusCode.Created, without.StatusCode);
    }

    [Fact]
    public async Task A_text_without_a_name_is_not_stored()
    {
        using var response = await _api.StoreAsync("tasks: [{name: a, action: core.noop}]");

        Assert.Equal("workflow.no-name", (string)(await ApiUnderTest.BodyAsync(response))["code"]!);
        Assert.Empty((await _api.GetAsync("/api/v1/workflows"))["workflows"]!.AsArray());
    }

    [Fact]
    public async Task A_text_that_is_too_large_or_no_text_is_refused()
    {
        using var large = await _api.StoreAsync("# " + new string('x', 1_200_000));
        using var binary = await _api.Client.PostAsync("/api/v1/workflows", new ByteArrayContent([0xC3, 0x28]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal("yaml.encoding", (string)(await ApiUnderTest.BodyAsync(binary))["code"]!);
    }

    private static string Workflow(string label, string? version = null) =>
        $"ref: test.one\nlabel: {label}\n{(version is null ? "" : $"version: '{version}'\n")}"
        + "tasks: [{name: a, action: core.noop}]\n";
}
