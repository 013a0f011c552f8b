using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Executor.Integration.Tests.Api;

/// <summary>A run that has ended is run again, or a part of it.</summary>
[Trait("lesson", "5.9")]
public sealed class RerunTests : IAsyncLifetime
{
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await ApiUnderTest.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task A_run_that_has_ended_is_run_again_as_it_was_and_names_its_origin()
    {
        using var stored = await _api.StoreAsync(
            "ref: test.again\nparameters: {n: {type: integer}}\ntasks: [{name: a, action: core.noop}]\noutput_map: {n: '{{ parameters.n }}'}");
        var (_, started) = await _api.StartRunAsync("""{"workflow": "test.again", "inputs": {"n": 7}, "timeout": 3600}""");
        var first = (string)started["run_id"]!;
        var ended = await _api.EndOfAsync(first);
        using var newer = await _api.StoreAsync("ref: test.again\ntasks: [{name: b, action: core.noop}]");

        var again = (string)(await RerunAsync(first, "key-1"))["run_id"]!;
        var repeated = (string)(await RerunAsync(first, "key-1"))["run_id"]!;
        var run = await _api.EndOfAsync(again);

        Assert.Equal(again, repeated);
        Assert.NotEqual(first, again);
        Assert.Equal((first, null), ((string?)run["origin"], (string?)ended["origin"]));
        Assert.Equal("""{"n":7}""", run["output"]!.ToJsonString());
        Assert.Equal((string)ended["definition_hash"]!, (string)run["definition_hash"]!);
        Assert.Equal(first, (string?)(await RowAsync(again))["origin"]);
        Assert.Equal(404, await PostAsync("0000/rerun"));
    }

    [Fact]
    public async Task A_run_that_has_not_ended_is_not_run_again()
    {
        var (_, started) = await _api.StartRunAsync(
            """{"definition": "tasks: [{name: a, action: core.noop, delay: 3600}]"}""");
        var run = (string)started["run_id"]!;

        Assert.Equal(409, await PostAsync($"{run}/rerun"));
        Assert.Equal(202, await PostAsync($"{run}/cancel"));
        await _api.EndOfAsync(run);
        Assert.Equal(202, await PostAsync($"{run}/rerun"));
    }

    [Fact]
    public async Task A_part_of_a_run_runs_again_and_the_rest_is_kept()
    {
        var (_, started) = await _api.StartRunAsync("""
            {"definition": "tasks: [{name: a, action: core.echo, input: {v: 1}, next: [{do: b}]}, {name: b, action: core.fail}]"}
            """);
        var first = (string)started["run_id"]!;
        await _api.EndOfAsync(first);

        var again = (string)(await RerunAsync(first, "key-1", """{"from": ["b"]}"""))["run_id"]!;
        var run = await _api.EndOfAsync(again);

        Assert.Equal(first, (string?)run["origin"]);
        Assert.Equal(
            ["a completed true 0", "b failed false 1"],
            run["tasks"]!.AsArray().Select(task => $"{task!["task"]} {task["status"]} {task["is_kept"]} {task["attempts"]}").Order());
        Assert.Equal(422, await PostAsync($"{first}/rerun", """{"from": ["c"]}"""));
        Assert.Equal(422, await PostAsync($"{first}/rerun", """{"failed_items": true}"""));
        Assert.Equal(400, await PostAsync($"{first}/rerun", """{"form": ["b"]}"""));
        Assert.Equal(409, await PostAsync($"{first}/rerun", """{"from": ["a"]}""", "key-1"));
    }

    private async Task<JsonNode> RerunAsync(string run, string key, string json = "{}")
    {
        var (status, body) = await SendAsync($"{run}/rerun", key, json);
        Assert.Equal(202, status);
        return JsonNode.Parse(body)!;
    }

    private async Task<int> PostAsync(string path, string json = "{}", string? key = null) =>
        (await SendAsync(path, key, json)).Status;

    private async Task<(int Status, string Body)> SendAsync(string path, string? key, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/runs/{path}") { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await _api.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Rows are a moment behind the runs.</summary>
    private async Task<JsonNode> RowAsync(string run)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(60);)
        {
            var rows = (await _api.GetAsync("/api/v1/runs"))["runs"]!.AsArray();
            if (rows.SingleOrDefault(row => (string)row!["run_id"]! == run) is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        throw new TimeoutException($"run {run} is not listed");
    }
}
