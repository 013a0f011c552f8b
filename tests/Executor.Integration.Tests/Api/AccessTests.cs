using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Executor.Core;
using Executor.Host.Api.Access;

namespace Executor.Integration.Tests.Api;

/// <summary>Every route of the OpenAPI document, without, with a wrong and with too small a key.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    /// <summary>The least role of each route; a route that is missing here fails the test.</summary>
    private static readonly Dictionary<string, Role?> Least = new()
    {
        ["GET /health/live"] = null,
        ["GET /health/ready"] = null,
        ["POST /api/v1/workflows"] = Role.Author,
        ["GET /api/v1/workflows"] = Role.Viewer,
        ["GET /api/v1/workflows/{reference}"] = Role.Viewer,
        ["GET /api/v1/workflows/{reference}/versions"] = Role.Viewer,
        ["POST /api/v1/runs"] = Role.Operator,
        ["GET /api/v1/runs"] = Role.Viewer,
        ["GET /api/v1/runs/{id}"] = Role.Viewer,
        ["GET /api/v1/runs/{id}/history"] = Role.Viewer,
        ["GET /api/v1/runs/{id}/explanation"] = Role.Viewer,
        ["GET /api/v1/runs/{id}/events"] = Role.Viewer,
        ["GET /api/v1/runs/{id}/tasks/{task}/items"] = Role.Viewer,
        ["GET /api/v1/runs/{id}/results/{result}"] = Role.Viewer,
        ["POST /api/v1/runs/{id}/cancel"] = Role.Operator,
        ["POST /api/v1/runs/{id}/pause"] = Role.Operator,
        ["POST /api/v1/runs/{id}/resume"] = Role.Operator,
        ["POST /api/v1/runs/{id}/rerun"] = Role.Operator,
        ["GET /api/v1/inquiries"] = Role.Viewer,
        ["GET /api/v1/inquiries/{id}"] = Role.Viewer,
        ["POST /api/v1/inquiries/{id}/answer"] = Role.Operator,
        ["GET /api/v1/events"] = Role.Viewer,
        ["GET /api/v1/cluster"] = Role.Viewer,
        ["GET /api/v1/workers"] = Role.Viewer,
        ["GET /api/v1/audit"] = Role.Admin,
    };

    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await ApiUnderTest.WithKeysAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    [Trait("lesson", "13.2")]
    public async Task Each_route_asks_for_a_key_that_holds_and_has_the_role()
    {
        var routes = await RoutesAsync();
        Assert.Equal(Least.Keys.Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
        var keys = new Dictionary<Role, string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            keys[role] = await _api.KeyAsync(role);
        }

        foreach (var route in routes.Where(route => Least[route] is not null))
        {
            Assert.Equal((route, 401), (route, await CallAsync(route, null)));
            Assert.Equal((route, 401), (route, await CallAsync(route, KeyText.New())));
            Assert.Equal((route, 401), (route, await CallAsync(route, "nonsense")));
            foreach (var (role, key) in keys)
            {
                var status = await CallAsync(route, key);
                Assert.True(
                    role < Least[route] ? status == 403 : status is not (401 or 403), $"{route} as {role}: {status}");
            }
        }
    }

    [Fact]
    public async Task A_key_that_was_revoked_or_has_expired_is_worthless()
    {
        var expired = await _api.KeyAsync(Role.Admin, TimeSpan.FromSeconds(-1));
        var revoked = await _api.KeyAsync(Role.Admin);
        await _api.Stores.Keys.RevokeAsync(KeyText.IdOf(revoked)!, TimeProvider.System.GetUtcNow(), CancellationToken.None);

        Assert.Equal(401, await CallAsync("GET /api/v1/runs", expired));
        Assert.Equal(401, await CallAsync("GET /api/v1/runs", revoked));
    }

    [Fact]
    public async Task The_right_id_with_another_secret_is_nobodys_key()
    {
        var key = await _api.KeyAsync(Role.Admin);

        Assert.Equal(401, await CallAsync("GET /api/v1/runs", key[..^1] + (key[^1] == 'a' ? 'b' : 'a')));
    }

    [Fact]
    public async Task The_database_holds_no_usable_key()
    {
        var key = await _api.KeyAsync(Role.Admin);
        var secret = key[^43..];

        Assert.DoesNotContain(
            await _api.Stores.Keys.ListAsync(CancellationToken.None),
            stored => stored.ToString().Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_says_what_is_needed_as_a_problem_with_a_code()
    {
        using var client = _api.ClientWith(await _api.KeyAsync(Role.Viewer));

        using var unknown = await _api.Client.GetAsync("/api/v1/runs");
        using var denied = await client.PostAsync("/api/v1/runs", null);

        Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Bearer", unknown.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("access.unknown", (string)(await ApiUnderTest.BodyAsync(unknown))["code"]!);
        var body = await ApiUnderTest.BodyAsync(denied);
        Assert.Equal("access.denied", (string)body["code"]!);
        Assert.Contains("operator", (string)body["detail"]!, StringComparison.Ordinal);
        Assert.NotEmpty((string)body["request_id"]!);
    }

    [Fact]
    public async Task Changing_calls_leave_a_row_whether_accepted_or_denied()
    {
        using var author = _api.ClientWith(await _api.KeyAsync(Role.Author));
        const string yaml = "ref: test.audit\ntasks: [{name: a, action: core.noop}]";

        await _api.Client.PostAsync("/api/v1/workflows", Yaml(yaml));
        await author.PostAsync("/api/v1/workflows", Yaml(yaml));
        await author.PostAsync("/api/v1/workflows", Yaml("tasks: ["));

        var rows = await _api.Stores.Audit.LatestAsync(10, CancellationToken.None);
        Assert.Equal(["yaml.syntax", "accepted", "access.unknown"], rows.Select(row => row.Outcome));
        Assert.Equal(["/api/v1/workflows", "workflow test.audit", "/api/v1/workflows"], rows.Select(row => row.Object));
        Assert.Equal("anonymous", rows[2].Principal);
        Assert.StartsWith("test Author (", rows[1].Principal, StringComparison.Ordinal);
    }

    private static StringContent Yaml(string text) => new(text, Encoding.UTF8, "text/yaml");

    private async Task<string[]> RoutesAsync()
    {
        using var admin = _api.ClientWith(await _api.KeyAsync(Role.Admin));
        var document = JsonNode.Parse(await admin.GetStringAsync("/api/v1/openapi.json"))!;
        return
        [
            .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
                .Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}")),
        ];
    }

    private async Task<int> CallAsync(string route, string? key)
    {
        var parts = route.Split(' ');
        var path = parts[1].Replace("{id}", "0", StringComparison.Ordinal)
            .Replace("{reference}", "test.none", StringComparison.Ordinal)
            .Replace("{task}", "a", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var response = await _api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }
}
