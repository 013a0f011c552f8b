using System.Diagnostics;
using System.Net;
using System.Text;
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
    [Trait("lesson", "8.4")]
    public async Task What_a_stored_workflow_publishes_keeps_its_type_and_a_broken_one_is_not_stored()
    {
        using var stored = await _api.StoreAsync(
            """
            ref: test.typed
            tasks:
              - {name: a, action: core.noop, next: [{publish: {yes: true, number: 42, list: [1], nothing: null}, do: b}]}
              - {name: b, action: core.noop}
            output_map: {all: "{{ [workflow.yes, workflow.number, workflow.list, workflow.nothing] }}"}
            """);
        using var broken = await _api.StoreAsync("ref: test.broken\ntasks: [{name: a, action: core.noop, next: [{do: nowhere}]}]");
        var (_, started) = await _api.StartRunAsync("""{"workflow": "test.typed"}""");
        var (refused, _) = await _api.StartRunAsync("""{"workflow": "test.broken"}""");

        var run = await _api.EndOfAsync((string)started["run_id"]!);

        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        Assert.Equal("""{"all":[true,42,[1],null]}""", run["output"]!.ToJsonString());
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound), (broken.StatusCode, refused.StatusCode));
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

    [Fact]
    public async Task A_stored_workflow_is_called_by_its_name_and_the_runs_name_each_other()
    {
        using var child = await _api.StoreAsync(
            """
            ref: lib.child
            parameters: {what: {type: string, required: true}}
            tasks: [{name: work, action: core.echo, input: {message: "{{ parameters.what }}"}}]
            output_map: {was: "{{ task.work.message }}"}
            """);
        var (response, started) = await _api.StartRunAsync(
            """{"definition": "ref: test.main\ntasks: [{name: call, action: lib.child, with_items: [a, b], input: {what: '{{ item }}'}}]\noutput_map: {all: \"{{ map(task.call, 'was') }}\"}"}""");
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, started.ToJsonString());
        var id = (string)started["run_id"]!;

        var run = await _api.EndOfAsync(id);

        Assert.Equal("""{"all":["a","b"]}""", run["output"]!.ToJsonString());
        Assert.Null(run["parent"]);
        var listed = await RowsAsync($"/api/v1/runs?parent={id}", rows => rows.Count == 2
            && rows.All(row => (string)row!["status"]! == "completed"));
        run = await _api.GetAsync($"/api/v1/runs/{id}");
        Assert.Equal(
            listed.Select(row => (string)row!["run_id"]!), run["children"]!.AsArray().Select(one => (string)one!["run_id"]!));
        Assert.All(run["children"]!.AsArray(), one => Assert.Equal(("call", "lib.child"), ((string)one!["task"]!, (string)one["workflow"]!)));
        var called = await _api.GetAsync($"/api/v1/runs/{(string)listed[0]!["run_id"]!}");
        Assert.Equal((id, "call"), ((string)called["parent"]!["run_id"]!, (string)called["parent"]!["task"]!));
        Assert.Equal((string)called["parent"]!["run_id"]!, (string)listed[0]!["parent"]!["run_id"]!);
    }

    [Theory]
    [InlineData("tasks: [{name: a, action: child.yaml}]", "action.unknown")]
    [InlineData("tasks: [{name: a, action: lib.child}]", "input.missing")]
    public async Task A_call_that_cannot_be_is_refused_when_the_run_is_started(string definition, string code)
    {
        using var child = await _api.StoreAsync(
            "ref: lib.child\nparameters: {what: {type: string, required: true}}\ntasks: [{name: work, action: core.noop}]");

        var (response, problem) = await _api.StartRunAsync(
            $$"""{"definition": {{JsonValue.Create(definition).ToJsonString()}}}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(code, (string)problem["problems"]![0]!["code"]!);
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

    [Fact]
    [Trait("lesson", "5.9")]
    public async Task A_run_is_paused_and_resumed_however_often_it_is_asked()
    {
        var (_, started) = await _api.StartRunAsync(
            """{"definition": "tasks: [{name: a, action: core.noop, delay: 3600}]"}""");
        var run = (string)started["run_id"]!;

        Assert.Equal(202, await PostAsync($"{run}/pause", """{"reason": "upgrade"}"""));
        Assert.Equal(202, await PostAsync($"{run}/pause"));
        Assert.Equal("paused", (string)(await _api.GetAsync($"/api/v1/runs/{run}"))["status"]!);
        Assert.Equal(run, (string)Assert.Single(await RowsAsync("/api/v1/runs?status=paused", rows => rows.Count == 1))!["run_id"]!);
        Assert.Equal(202, await PostAsync($"{run}/resume"));
        Assert.Equal(202, await PostAsync($"{run}/resume"));
        Assert.Equal("running", (string)(await _api.GetAsync($"/api/v1/runs/{run}"))["status"]!);

        var history = await _api.GetAsync($"/api/v1/runs/{run}/history");
        Assert.Equal(
            ["pauseRequested", "runPaused", "pauseRequested", "runResumed", "runResumed"],
            history["entries"]!.AsArray().SelectMany(entry => entry!["events"]!.AsArray())
                .Select(one => one!.AsObject().First().Key).Where(name => name.Contains("ause", StringComparison.Ordinal) || name == "runResumed"));
        Assert.Equal(202, await PostAsync($"{run}/pause"));
        Assert.Equal(202, await PostAsync($"{run}/cancel"));
        Assert.Equal("cancelled", (string)(await _api.EndOfAsync(run))["status"]!);
        Assert.Equal(409, await PostAsync($"{run}/pause"));
        Assert.Equal(409, await PostAsync($"{run}/resume"));
        Assert.Equal(404, await PostAsync("0000/pause"));
        Assert.Equal(400, await PostAsync($"{run}/pause", $$"""{"reason": "{{new string('x', 1_001)}}"}"""));
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

    private async Task<int> PostAsync(string path, string? json = null)
    {
        using var body = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _api.Client.PostAsync($"/api/v1/runs/{path}", body);
        return (int)response.StatusCode;
    }

    /// <summary>Rows are a moment behind the runs.</summary>
    private async Task<JsonArray> RowsAsync(string path, Func<JsonArray, bool> isIt)
    {
        JsonArray rows = [];
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(60);)
        {
            rows = (await _api.GetAsync(path))["runs"]!.AsArray();
            if (isIt(rows))
            {
                return rows;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        throw new TimeoutException($"{path}: {rows.ToJsonString()}");
    }
}
