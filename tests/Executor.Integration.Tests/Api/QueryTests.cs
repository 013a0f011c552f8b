using System.Text.Json.Nodes;

namespace Executor.Integration.Tests.Api;

/// <summary>What stands behind the question mark.</summary>
public sealed class QueryTests : IClassFixture<OneApi>
{
    private readonly ApiUnderTest _api;

    public QueryTests(OneApi one) => _api = one.Api;

    [Fact]
    public async Task No_route_passes_over_a_name_that_it_does_not_know_and_each_tells_those_that_it_does()
    {
        var document = await _api.GetAsync("/api/v1/openapi.json");
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, route) in methods!.AsObject())
            {
                var known = (route!["parameters"]?.AsArray() ?? []).Where(one => (string)one!["in"]! == "query")
                    .Select(one => (string)one!["name"]!).Order(StringComparer.Ordinal).ToList();
                var (status, body) = await CallAsync(method, $"{Filled(path)}?nonsense=1");

                Assert.Equal((method, path, 400, "api.query"), (method, path, status, (string)body["code"]!));
                Assert.Equal(
                    known.Count == 0
                        ? "There is no query parameter 'nonsense' here. This address takes none."
                        : $"There is no query parameter 'nonsense' here. Known are: {string.Join(", ", known)}.",
                    (string)body["detail"]!);
            }
        }
    }

    [Fact]
    public async Task No_route_takes_a_value_of_another_type_and_each_says_what_is_expected()
    {
        var document = await _api.GetAsync("/api/v1/openapi.json");
        var wrong = 0;
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, route) in methods!.AsObject())
            {
                foreach (var parameter in (route!["parameters"]?.AsArray() ?? []).Where(one => IsTyped(one!)))
                {
                    var name = (string)parameter!["name"]!;
                    var (status, body) = await CallAsync(method, $"{Filled(path)}?{name}=x");

                    Assert.Equal((method, path, name, 400, "api.query"), (method, path, name, status, (string)body["code"]!));
                    Assert.StartsWith($"'{name}' is 'x'; expected ", (string)body["detail"]!, StringComparison.Ordinal);
                    wrong++;
                }
            }
        }

        Assert.True(wrong >= 13, $"{wrong} parameters");
    }

    [Theory]
    [InlineData("runs?limt=3", "There is no query parameter 'limt' here. Did you mean 'limit'? Known are: before, limit, open, parent, since, status, workflow.")]
    [InlineData("runs?since=x", "'since' is 'x'; expected a time, as 2026-01-31T12:00:00Z.")]
    [InlineData("runs?since=", "'since' is ''; expected a time, as 2026-01-31T12:00:00Z.")]
    [InlineData("runs?open=1", "'open' is '1'; expected true or false.")]
    [InlineData("runs?limit=99999999999", "'limit' is '99999999999'; expected a whole number, as 50.")]
    [InlineData("runs?limit=3&limit=4", "'limit' is given 2 times; expected once.")]
    public async Task A_mistake_is_told_with_what_is_expected(string path, string told)
    {
        var (status, body) = await CallAsync("get", $"/api/v1/{path}");

        Assert.Equal((400, "api.query", told), (status, (string)body["code"]!, (string)body["detail"]!));
    }

    [Theory]
    [InlineData("runs?LIMIT=3&open=True")]
    [InlineData("runs?since=2026-01-31T12:00:00Z")]
    [InlineData("runs?since=2026-01-31T12:00:00%2B02:00")]
    [InlineData("inquiries?open=false&limit=200")]
    public async Task What_is_known_and_fits_is_taken(string path)
    {
        var (status, _) = await CallAsync("get", $"/api/v1/{path}");

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task A_changing_call_that_is_refused_for_its_query_is_in_the_audit()
    {
        var (status, _) = await CallAsync("post", "/api/v1/runs/0/cancel?force=true");

        var row = Assert.Single(await _api.Stores.Audit.LatestAsync(1, CancellationToken.None));
        Assert.Equal((400, "POST /api/v1/runs/{id}/cancel", "api.query"), (status, row.Action, row.Outcome));
    }

    private static bool IsTyped(JsonNode parameter) =>
        (string)parameter["in"]! == "query"
        && (parameter["schema"]!["format"] is not null || !parameter["schema"]!["type"]!.ToJsonString().Contains("string", StringComparison.Ordinal));

    private static string Filled(string path) => path.Replace("{id}", "0", StringComparison.Ordinal)
        .Replace("{reference}", "test.none", StringComparison.Ordinal)
        .Replace("{task}", "a", StringComparison.Ordinal).Replace("{result}", "0", StringComparison.Ordinal);

    private async Task<(int Status, JsonNode Body)> CallAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), path);
        using var response = await _api.Client.SendAsync(request);
        return ((int)response.StatusCode, await ApiUnderTest.BodyAsync(response));
    }
}
