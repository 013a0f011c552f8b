using System.Net;
using System.Text.Json.Nodes;

namespace Executor.Integration.Tests.Api;

public sealed class RunTests : IAsyncLifetime
{
    private const string ProcessItems =
        """
        ref: test.process-items
        tasks:
          - name: process_items
            action: core.echo
            input: {message: "{{ item }}"}
            with_items: [a, b, c, d, e]
            concurrency: 3
            next: [{do: validate}]
          - name: validate
            action: core.noop
        output_map:
          messages: "{{ map(task.process_items, 'message') }}"
        """;

    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await ApiUnderTest.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    [Trait("lesson", "8.4")]
    public async Task A_stored_workflow_is_started_by_its_name_and_runs_to_its_end()
    {
        using var stored = await _api.StoreAsync(ProcessItems);
        var (response, started) = await _api.StartRunAsync("""{"workflow": "test.process-items"}""");

        var run = await _api.EndOfAsync((string)started["run_id"]!);

        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/api/v1/runs/{started["run_id"]}", response.Headers.Location!.ToString());
        Assert.Equal("completed", (string)run["status"]!);
        Assert.Equal("""{"messages":["a","b","c","d","e"]}""", run["output"]!.ToJsonString());
        Assert.Equal(6, (int)run["dispatches"]!);
        Assert.Equal(["process_items", "validate"], run["tasks"]!.AsArray().Select(task => (string)task!["task"]!));
        Assert.Equal(5, (int)run["tasks"]![0]!["items"]!["succeeded"]!);
    }

    [Fact]
    [Trait("lesson", "6.6")]
    public async Task The_same_key_starts_one_run_and_another_content_under_it_is_noticed()
    {
        var request = $$"""{"definition": {{JsonValue.Create(ProcessItems).ToJsonString()}}}""";

        var (_, first) = await _api.StartRunAsync(request, "order-1");
        var (_, second) = await _api.StartRunAsync(request, "order-1");
        var (_, other) = await _api.StartRunAsync(request, "order-2");
        var (response, changed) = await _api.StartRunAsync(
            """{"definition": "tasks: [{name: a, action: core.noop}]"}""", "order-1");

        Assert.Equal((string)first["run_id"]!, (string)second["run_id"]!);
        Assert.NotEqual((string)first["run_id"]!, (string)other["run_id"]!);
        Assert.Equal((HttpStatusCode.Conflict, "api.idempotency-key-reused"), (response.StatusCode, (string)changed["code"]!));
        await _api.EndOfAsync((string)first["run_id"]!);
        var page = await _api.GetAsync("/api/v1/runs");
        Assert.Equal(2, page["runs"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"workflow": "test.none"}""", 404, "workflow.unknown")]
    [InlineData("""{}""", 400, "api.start")]
    [InlineData("""{"workflow": "a.b", "definition": "x"}""", 400, "api.start")]
    [InlineData("""{"workflow": """, 400, "api.json")]
    [InlineData("""{"workflov": "a.b"}""", 400, "api.json")]
    [InlineData("""{"definition": "tasks: ["}""", 422, "yaml.syntax")]
    [InlineData("""{"definition": "tasks: [{name: a, action: core.noop, concurency: 3}]"}""", 422, "spec.unknown-key")]
    [InlineData("""{"definition": "parameters: {n: {type: integer, required: true}}\ntasks: [{name: a, action: core.noop}]"}""", 422, "input.missing")]
    [InlineData("""{"definition": "parameters: {n: {type: integer}}\ntasks: [{name: a, action: core.noop}]", "inputs": {"n": "x"}}""", 422, "input.type")]
    public async Task A_start_that_cannot_be_is_refused_with_its_code_and_nothing_is_created(
        string json, int status, string code)
    {
        var (response, body) = await _api.StartRunAsync(json);

        Assert.Equal((status, code), ((int)response.StatusCode, (string)body["code"]!));
        Assert.Empty((await _api.GetAsync("/api/v1/runs"))["runs"]!.AsArray());
    }

    [Fact]
    [Trait("lesson", "8.1")]
    public async Task A_wrong_workflow_is_refused_with_line_and_column_whichever_door_it_comes_through()
    {
        const string yaml = "ref: test.bad\ntasks:\n  - name: a\n    action: core.noop\n    concurency: 3\n";

        using var stored = await _api.StoreAsync(yaml);
        var byName = (await ApiUnderTest.BodyAsync(stored))["problems"]![0]!;
        var (_, started) = await _api.StartRunAsync($$"""{"definition": {{JsonValue.Create(yaml).ToJsonString()}}}""");
        var byStart = started["problems"]![0]!;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, stored.StatusCode);
        Assert.Equal((5, 5), ((int)byName["line"]!, (int)byName["column"]!));
        Assert.Contains("concurrency", (string)byName["advice"]! + (string)byName["message"]!, StringComparison.Ordinal);
        Assert.Equal(byName.ToJsonString(), byStart.ToJsonString());
        Assert.Equal(404, (int)(await _api.Client.GetAsync("/api/v1/workflows/test.bad")).StatusCode);
    }

    [Fact]
    public async Task A_run_is_cancelled_and_says_so()
    {
        var (_, started) = await _api.StartRunAsync(
            """{"definition": "tasks: [{name: a, action: core.sleep, input: {seconds: 60}}]\ncancellation_policy: cancel_running"}""");
        var run = (string)started["run_id"]!;

        using var accepted = await _api.Client.PostAsync($"/api/v1/runs/{run}/cancel", null);
        var ended = await _api.EndOfAsync(run);
        using var again = await _api.Client.PostAsync($"/api/v1/runs/{run}/cancel", null);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("cancelled", (string)ended["status"]!);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/runs/0000")]
    [InlineData("/api/v1/runs/NO%20SUCH")]
    [InlineData("/api/v1/workflows/test.none")]
    [InlineData("/api/v1/nothing")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var response = await _api.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_page_by_page()
    {
        var ids = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            var (_, started) = await _api.StartRunAsync("""{"definition": "tasks: [{name: a, action: core.noop}]"}""");
            ids.Add((string)started["run_id"]!);
            await _api.EndOfAsync(ids[^1]);
        }

        var first = await _api.GetAsync("/api/v1/runs?limit=3");
        var second = await _api.GetAsync($"/api/v1/runs?limit=3&before={first["next"]}");

        Assert.Equal(
            Enumerable.Reverse(ids),
            first["runs"]!.AsArray().Concat(second["runs"]!.AsArray()).Select(run => (string)run!["run_id"]!));
        Assert.Null(second["next"]);
    }
}
