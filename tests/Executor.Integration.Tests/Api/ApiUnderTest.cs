using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Executor.Core;
using Executor.Host.Api;
using Executor.Host.Api.Access;
using Executor.Host.Serving;
using Executor.Host.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Executor.Integration.Tests.Api;

/// <summary>A server of its own with its API, in a folder and on a port of its own.</summary>
internal sealed class ApiUnderTest : IAsyncDisposable
{
    private readonly Server _server;
    private readonly WebApplication _api;
    private readonly string _folder;

    private ApiUnderTest(Server server, WebApplication api, string folder)
    {
        _server = server;
        _api = api;
        _folder = folder;
        Address = new Uri(api.Urls.Single());
        Client = ClientWith(key: null);
    }

    public Uri Address { get; }

    /// <summary>Without a key.</summary>
    public HttpClient Client { get; }

    public Stores Stores => _server.Stores;

    public IEnumerable<RouteEndpoint> Endpoints =>
        _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public static Task<ApiUnderTest> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(patience: null, _ => { }, settings);

    /// <param name="add">Routes beside its own.</param>
    public static async Task<ApiUnderTest> StartAsync(
        TimeSpan? patience, Action<WebApplication> add, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("executor-test-").FullName;
        var environment = settings.ToDictionary(pair => pair.Name, pair => pair.Value);
        environment[HostSettings.Data] = folder;
        environment[HostSettings.Listen] = "http://127.0.0.1:0";
        environment[HostSettings.LogLevel] = "WARNING";
        var options = ServeOptions.Read(HostSettings.Read(HostSettings.Serve, environment));
        var server = await ServerStart.StartAsync(options, CancellationToken.None);
        var api = ApiServer.Build(server, options, patience);
        add(api);
        await api.StartAsync();
        return new ApiUnderTest(server, api, folder);
    }

    public static Task<ApiUnderTest> WithKeysAsync() => StartAsync((HostSettings.Authentication, "keys"));

    public HttpClient ClientWith(string? key)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    /// <returns>The text of a new key.</returns>
    public async Task<string> KeyAsync(Role role, TimeSpan? life = null)
    {
        var text = KeyText.New();
        var now = TimeProvider.System.GetUtcNow();
        await Stores.Keys.AddAsync(
            new ApiKey(
                KeyText.IdOf(text)!, KeyText.HashOf(text), $"test {role}", role, now, now + (life ?? TimeSpan.FromHours(1))),
            CancellationToken.None);
        return text;
    }

    public Task<HttpResponseMessage> StoreAsync(string yaml) =>
        Client.PostAsync("/api/v1/workflows", new StringContent(yaml, Encoding.UTF8, "text/yaml"));

    public async Task<(HttpResponseMessage Response, JsonNode Body)> StartRunAsync(string json, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/runs")
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var response = await Client.SendAsync(request);
        return (response, await BodyAsync(response));
    }

    public async Task<JsonNode> GetAsync(string path) => await BodyAsync(await Client.GetAsync(path));

    /// <summary>Asks until the run has ended.</summary>
    public async Task<JsonNode> EndOfAsync(string run)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var body = await GetAsync($"/api/v1/runs/{run}");
            if (body["ended_at"] is not null)
            {
                return body;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    public static async Task<JsonNode> BodyAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _api.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
