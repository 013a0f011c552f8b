using Executor.Host;
using Executor.Host.Api;
using Executor.Host.Api.Access;
using Executor.Host.Serving;
using Executor.Host.Settings;
using Executor.Integration.Tests.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Executor.Integration.Tests.Serving;

/// <summary>How a server ends, whatever calls are open.</summary>
public sealed class ServerLifeTests : IAsyncLifetime
{
    /// <summary>Shorter than the half minute for which a server lets open calls end, and far longer than it takes to cut them off.</summary>
    private static readonly TimeSpan WithoutWaiting = TimeSpan.FromSeconds(20);

    private readonly Scratch _scratch = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _asked = new();
    private Server _server = null!;
    private WebApplication _api = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var options = ServeOptions.Read(HostSettings.Read(HostSettings.Serve, new Dictionary<string, string>
        {
            [HostSettings.Data] = _scratch.Folder,
            [HostSettings.Listen] = "http://127.0.0.1:0",
            [HostSettings.LogLevel] = "ERROR",
        }));
        _server = await ServerStart.StartAsync(options, CancellationToken.None);
        _api = ApiServer.Build(_server, options);
        _api.MapGet("/endless", EndlessAsync).ForAnybody();
        await _api.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_api.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
        await _server.DisposeAsync();
        _asked.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    [Trait("fault", "F06")]
    public async Task A_node_that_was_removed_leaves_without_waiting_for_open_calls()
    {
        var life = ServerLife.UntilEndAsync(_server.Engine.WhenStopped, _api, _asked.Token);
        var call = _client.GetAsync("/endless");
        await _entered.Task;

        await _server.Engine.System.Terminate();

        Assert.Equal(ExitCode.Failed, await life.WaitAsync(WithoutWaiting));
        await Assert.ThrowsAsync<HttpRequestException>(() => call);
    }

    [Fact]
    [Trait("fault", "F11")]
    public async Task A_server_that_is_told_to_stop_ends_its_streams_in_order_and_goes()
    {
        var life = ServerLife.UntilEndAsync(_server.Engine.WhenStopped, _api, _asked.Token);
        await using var stream = await _client.GetStreamAsync("/api/v1/events");
        var read = new StreamReader(stream).ReadToEndAsync();

        await _asked.CancelAsync();

        Assert.Equal(ExitCode.Completed, await life.WaitAsync(WithoutWaiting));
        Assert.StartsWith("retry:", await read, StringComparison.Ordinal);
    }

    private async Task EndlessAsync(HttpContext context)
    {
        _entered.SetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
    }
}
