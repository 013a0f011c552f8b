using System.Text.Json.Nodes;

namespace Executor.Integration.Tests.Api;

/// <summary>A server without keys is there for this machine, and not for the pages that a browser on it shows.</summary>
[Trait("threat", "T4")]
public sealed class LocalCallTests : IAsyncLifetime
{
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await ApiUnderTest.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("127.8.8.8", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("10.0.0.5", 403)]
    public async Task A_name_that_somebody_else_has_led_here_reads_and_changes_nothing(string host, int status)
    {
        using var reading = await CallAsync(HttpMethod.Get, "/api/v1/runs", host, origin: null);
        using var starting = await CallAsync(HttpMethod.Post, "/api/v1/runs", host, origin: null);

        Assert.Equal(status, (int)reading.StatusCode);
        Assert.Equal(status == 403, (int)starting.StatusCode == 403);
        if (status == 403)
        {
            Assert.Equal("access.host", await CodeAsync(reading));
        }
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("{self}", false)]
    [InlineData("http://evil.example", true)]
    [InlineData("http://127.0.0.1:1", true)]
    [InlineData("null", true)]
    public async Task A_page_of_another_server_changes_nothing(string? origin, bool refused)
    {
        var from = origin?.Replace("{self}", $"http://127.0.0.1:{_api.Address.Port}", StringComparison.Ordinal);

        using var answer = await CallAsync(HttpMethod.Post, "/api/v1/runs/none/cancel", "127.0.0.1", from);

        Assert.Equal(refused ? "access.origin" : "run.unknown", await CodeAsync(answer));
    }

    [Fact]
    public async Task With_keys_it_may_have_any_name()
    {
        await using var api = await ApiUnderTest.WithKeysAsync();
        using var client = api.ClientWith(await api.KeyAsync(Core.Role.Viewer));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/runs");
        request.Headers.Host = "executor.example";

        using var answer = await client.SendAsync(request);

        Assert.Equal(200, (int)answer.StatusCode);
    }

    private async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, string host, string? origin)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Host = $"{host}:{_api.Address.Port}";
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await _api.Client.SendAsync(request);
    }

    private static async Task<string> CodeAsync(HttpResponseMessage answer) =>
        (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!;
}
