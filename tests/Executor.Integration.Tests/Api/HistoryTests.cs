using System.Text.Json.Nodes;
using Executor.Integration.Tests.Cli;

namespace Executor.Integration.Tests.Api;

/// <summary>A run as it was, over the API.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private const string Steps =
        "tasks: [{name: first, action: core.echo, input: {message: one}, next: [{do: last}]}, {name: last, action: core.noop}]";

    private ApiUnderTest _api = null!;

    private string _run = "";

    public async Task InitializeAsync()
    {
        _api = await ApiUnderTest.StartAsync();
        var (_, started) = await _api.StartRunAsync($$"""{"definition": "{{Steps}}"}""");
        _run = (string)started["run_id"]!;
        await _api.EndOfAsync(_run);
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task With_at_the_run_is_shown_as_it_stood_after_each_entry_just_as_the_command_line_shows_it()
    {
        using var scratch = new Scratch();
        var entries = (await _api.GetAsync($"/api/v1/runs/{_run}/history"))["entries"]!.AsArray().Count;
        Assert.True(entries >= 3);
        foreach (var at in Enumerable.Range(1, entries))
        {
            var shown = await scratch.RunAsync(
                "history", _run, "--at", $"{at}", "-o", "json", "--server", _api.Address.ToString());

            var body = await _api.Client.GetStringAsync($"/api/v1/runs/{_run}/history?at={at}");

            Assert.Equal(shown.Output.TrimEnd(), body);
        }

        var first = await _api.GetAsync($"/api/v1/runs/{_run}/history?at=1");
        var last = await _api.GetAsync($"/api/v1/runs/{_run}/history?at={entries}");
        Assert.Equal(("running", "completed"), ((string)first["status"]!, (string)last["status"]!));
        Assert.Equal(["first"], TasksOf(first));
        Assert.Equal(["first", "last"], TasksOf(last));
        Assert.Equal(["last"], TasksOf(await _api.GetAsync($"/api/v1/runs/{_run}/history?at={entries}&task=last")));
    }

    [Theory]
    [InlineData("at=0", 404, "history.none")]
    [InlineData("at=-1", 404, "history.none")]
    [InlineData("at=9999", 404, "history.none")]
    [InlineData("at=x", 400, "api.query")]
    [InlineData("at=1&after=1", 400, "api.query")]
    [InlineData("at=1&limit=1", 400, "api.query")]
    [InlineData("at=1&task=lst", 404, "task.none")]
    [InlineData("task=lst", 404, "task.none")]
    [InlineData("limit=0", 400, "api.limit")]
    public async Task What_cannot_be_shown_is_refused(string query, int status, string code)
    {
        using var response = await _api.Client.GetAsync($"/api/v1/runs/{_run}/history?{query}");

        Assert.Equal((status, code), ((int)response.StatusCode, (string)(await ApiUnderTest.BodyAsync(response))["code"]!));
    }

    [Theory]
    [InlineData("task=last&visit=2", 404, "visit.none")]
    [InlineData("task=last&visit=0", 404, "visit.none")]
    [InlineData("task=last&visit=-1", 404, "visit.none")]
    [InlineData("task=lst&visit=1", 404, "task.none")]
    [InlineData("task=last&visit=x", 400, "api.query")]
    [InlineData("visit=1", 400, "api.query")]
    public async Task What_cannot_be_explained_is_refused(string query, int status, string code)
    {
        using var response = await _api.Client.GetAsync($"/api/v1/runs/{_run}/explanation?{query}");

        Assert.Equal((status, code), ((int)response.StatusCode, (string)(await ApiUnderTest.BodyAsync(response))["code"]!));
    }

    [Fact]
    public async Task One_visit_is_explained_as_the_command_line_does()
    {
        using var scratch = new Scratch();
        var told = await scratch.RunAsync(
            "explain", _run, "last", "--visit", "1", "-o", "json", "--server", _api.Address.ToString());

        var body = await _api.GetAsync($"/api/v1/runs/{_run}/explanation?task=last&visit=1");

        Assert.Equal(JsonNode.Parse(told.Output)!.ToJsonString(), body["sentences"]!.ToJsonString());
    }

    [Theory]
    [InlineData("history?task=lst")]
    [InlineData("tasks/lst/items")]
    [InlineData("explanation?task=lst")]
    public async Task A_task_that_there_is_not_is_told_with_those_that_there_are(string path)
    {
        var body = await _api.GetAsync($"/api/v1/runs/{_run}/{path}");

        Assert.Equal("task.none", (string)body["code"]!);
        Assert.Equal(
            $"The workflow of run '{_run}' has no task 'lst'. Did you mean 'last'? Its tasks are: first, last.",
            (string)body["detail"]!);
    }

    private static IEnumerable<string> TasksOf(JsonNode run) => run["tasks"]!.AsArray().Select(task => (string)task!["task"]!);
}
