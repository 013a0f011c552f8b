using System.Text.Json;
using Executor.Host.Settings;
using Executor.Integration.Tests.Api;
using Executor.Integration.Tests.Workers;

namespace Executor.Integration.Tests.Cli;

/// <summary>What actions may do is what the environment of their process says.</summary>
public sealed class ActionRightsTests : IAsyncLifetime
{
    private static readonly (string, string) Loopback = (WorkerSettings.AllowLoopback, "true");

    private readonly Scratch _scratch = new();
    private readonly LocalServer _server = new(_ => LocalServer.Response("hello"));

    private string Calling => $$"""
        tasks:
          - name: call
            action: core.http_request
            input: {url: "{{_server.Url}}"}

        """;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_loopback_address_is_refused_by_default_and_the_advice_names_the_setting()
    {
        var ended = await RunAsync([], "run", _scratch.Write("calling.yaml", Calling));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("error http.address-refused: ", ended.Output, StringComparison.Ordinal);
        Assert.Contains(WorkerSettings.AllowLoopback, ended.Output, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_loopback_address_is_called_where_it_is_allowed()
    {
        var ended = await RunAsync([Loopback], "run", _scratch.Write("calling.yaml", Calling));

        Assert.Equal((0, 1), (ended.ExitCode, _server.Requests.Count));
    }

    [Fact]
    public async Task A_server_of_its_own_obeys_the_same_setting()
    {
        await using var closed = await ApiUnderTest.StartAsync();
        await using var open = await ApiUnderTest.StartAsync(Loopback);

        Assert.Equal("failed", await StatusAsync(closed));
        Assert.Empty(_server.Requests);
        Assert.Equal("completed", await StatusAsync(open));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_run_that_is_resumed_obeys_the_environment_of_resume()
    {
        _scratch.Write("later.yaml", $$"""
            tasks:
              - name: wait
                action: core.shell
                input: {argv: [sh, -c, 'echo begun >> begun.txt; until [ -e go ]; do sleep 0.05; done']}
                timeout: 5m
                retry: {count: 3}
                next: [{do: call}]
              - name: call
                action: core.http_request
                input: {url: "{{_server.Url}}"}

            """);
        using var process = Executable.Start(_scratch.Folder, "run", "later.yaml");
        await Waiting.ForAsync(() => File.Exists(Path.Combine(_scratch.Folder, "begun.txt")), "the action to begin");
        process.Kill();
        await Executable.EndAsync(process);
        _scratch.Write("go", "");

        var ended = await RunAsync([Loopback], "resume");

        Assert.Equal((0, 1), (ended.ExitCode, _server.Requests.Count));
    }

    [Fact]
    public async Task Programs_get_the_variables_and_limits_that_are_set()
    {
        _scratch.Write("limits.yaml", """
            tasks:
              - name: look
                action: core.shell
                input: {argv: [sh, -c, 'echo "$(ulimit -n) $TEAM $HOME."']}
            output_map:
              printed: "{{ task.look.stdout }}"

            """);

        var ended = await RunAsync(
            [(WorkerSettings.LimitOpenFiles, "200"), (WorkerSettings.PassEnvironment, "PATH,TEAM"), ("TEAM", "blue")],
            "run", "limits.yaml", "-o", "json");

        Assert.Equal(0, ended.ExitCode);
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal(
            "200 blue .", json.RootElement.GetProperty("output").GetProperty("printed").GetString()?.TrimEnd());
    }

    [Theory]
    [InlineData("run", "calling.yaml")]
    [InlineData("resume")]
    [InlineData("work")]
    [InlineData("serve")]
    public async Task A_wrong_value_stops_the_start_before_anything_is_made(params string[] arguments)
    {
        _scratch.Write("calling.yaml", Calling);

        var ended = await RunAsync([(WorkerSettings.LimitMemory, "lots")], arguments);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith(
            $"error settings.value: {WorkerSettings.LimitMemory} is 'lots'; expected a size from 1MiB ", ended.Error,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_scratch.Folder, ".executor")));
    }

    private async Task<Ended> RunAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        using var process = Executable.StartWith(
            environment.ToDictionary(pair => pair.Name, pair => pair.Value), _scratch.Folder, arguments);
        return await Executable.EndAsync(process);
    }

    private async Task<string> StatusAsync(ApiUnderTest api)
    {
        var (_, started) = await api.StartRunAsync(JsonSerializer.Serialize(new { definition = Calling }));
        return (string)(await api.EndOfAsync((string)started["run_id"]!))["status"]!;
    }
}
