using System.Text.Json.Nodes;
using Executor.Integration.Tests.Api;

namespace Executor.Integration.Tests.Cli;

/// <summary>The command line against a server: the same words, results and exit codes as without one.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private const string Workflow =
        """
        ref: test.items
        parameters: {n: {type: integer, required: true}}
        tasks:
          - name: each
            action: core.noop
            with_items: "{{ range(parameters.n) }}"
            concurrency: 3
            next: [{do: last}]
          - name: last
            action: core.noop
        output_map: {n: "{{ parameters.n }}"}
        """;

    private readonly Scratch _scratch = new();
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ApiUnderTest.StartAsync();
        _scratch.Write("w.yaml", Workflow);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Run_gives_the_same_result_as_without_a_server()
    {
        var here = await _scratch.RunAsync("run", "w.yaml", "-p", "n=5", "-o", "json");
        var there = await RunAsync("run", "w.yaml", "-p", "n=5", "-o", "json");

        Assert.Equal((0, 0), (here.ExitCode, there.ExitCode));
        Assert.Equal(Comparable(here.Output), Comparable(there.Output));
    }

    [Fact]
    public async Task A_refusal_by_the_server_is_2_with_all_causes_and_nothing_is_started()
    {
        var refused = await RunAsync("run", "w.yaml", "-o", "json");

        Assert.Equal(2, refused.ExitCode);
        Assert.Equal("input.missing", (string)JsonNode.Parse(refused.Output)!["problems"]![0]!["code"]!);
        Assert.Equal("[]", (await RunAsync("runs", "-o", "json")).Output.Trim());
    }

    [Fact]
    [Trait("lesson", "5.9")]
    public async Task A_run_of_the_server_runs_again_there_and_what_cannot_is_refused()
    {
        var first = JsonNode.Parse((await RunAsync("run", "w.yaml", "-p", "n=2", "-o", "json")).Output)!;
        var id = (string)first["run_id"]!;

        var again = await RunAsync("rerun", id, "--from", "last", "-o", "json");
        var refused = await RunAsync("rerun", id, "--from", "lost", "-o", "json");

        Assert.Equal((0, 2), (again.ExitCode, refused.ExitCode));
        var run = JsonNode.Parse(again.Output)!;
        Assert.Equal(id, (string?)run["origin"]);
        Assert.Equal(["each true", "last false"], run["tasks"]!.AsArray().Select(task => $"{task!["task"]} {task["is_kept"]}"));
        Assert.Equal("rerun.unknown-task", (string)JsonNode.Parse(refused.Output)!["problems"]![0]!["code"]!);
    }

    [Fact]
    public async Task A_run_is_listed_shown_and_told_as_the_server_has_it()
    {
        var id = (string)JsonNode.Parse((await RunAsync("run", "w.yaml", "-p", "n=2", "-o", "json")).Output)!["run_id"]!;

        var shown = await RunAsync("show", id, "-o", "json");
        var told = await RunAsync("history", id, "-o", "json");
        var watched = await RunAsync("watch", id);

        Assert.Equal("completed", (string)JsonNode.Parse(shown.Output)!["status"]!);
        Assert.Equal(1, (int)JsonNode.Parse(told.Output)![0]!["sequence"]!);
        Assert.Equal(0, watched.ExitCode);
        Assert.Contains(id, (await RunAsync("runs")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_and_explanation_of_a_servers_run_are_those_of_its_journal()
    {
        var id = (string)JsonNode.Parse((await RunAsync("run", "w.yaml", "-p", "n=2", "-o", "json")).Output)!["run_id"]!;

        var shown = await RunAsync("show", id, "-o", "json");
        var whole = JsonNode.Parse((await RunAsync("history", id, "-o", "json")).Output)!.AsArray();
        var page = await RunAsync("history", id, "-o", "json", "--limit", "1");
        var ofLast = JsonNode.Parse((await RunAsync("history", id, "-o", "json", "--task", "last")).Output)!.AsArray();
        var atEnd = await RunAsync("history", id, "-o", "json", "--at", $"{whole.Count}");
        var told = await RunAsync("explain", id, "last");
        var unknown = await RunAsync("explain", "0");

        Assert.Equal(shown.Output, atEnd.Output);
        Assert.Equal(("there is more: --after 1\n", 1), (page.Error, JsonNode.Parse(page.Output)!.AsArray().Count));
        Assert.Equal(
            ["arrived", "visitOpened", "dispatched", "itemFinished", "visitEnded"],
            ofLast.SelectMany(entry => entry!["events"]!.AsArray()).Select(one => one!.AsObject().First().Key));
        Assert.Contains("because transition 1 of each/1 led to it.", told.Output, StringComparison.Ordinal);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("error run.unknown", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_explains_as_the_command_line_does()
    {
        var id = (string)JsonNode.Parse((await RunAsync("run", "w.yaml", "-p", "n=2", "-o", "json")).Output)!["run_id"]!;

        var told = await _api.GetAsync($"/api/v1/runs/{id}/explanation");
        var ofLast = await _api.GetAsync($"/api/v1/runs/{id}/explanation?task=last");
        using var unknown = await _api.Client.GetAsync($"/api/v1/runs/{id}/explanation?task=first");

        var lines = JsonNode.Parse((await RunAsync("explain", id, "-o", "json")).Output)!;
        Assert.Equal(lines.ToJsonString(), told["sentences"]!.ToJsonString());
        Assert.Contains(
            ofLast["sentences"]!.AsArray(),
            one => ((string)one!["kind"]!, (string)one["task"]!, (int)one["visit"]!) == ("opened", "last", 1));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("task.none", (string)(await ApiUnderTest.BodyAsync(unknown))["code"]!);
    }

    [Fact]
    public async Task Check_for_a_server_knows_what_is_stored_there_and_what_its_workers_run()
    {
        _scratch.Write("child.yaml", "ref: lib.child\nparameters: {what: {type: string, required: true}}\ntasks: [{name: a, action: core.noop}]");
        _scratch.Write("good.yaml", "ref: test.good\ntasks: [{name: call, action: lib.child, input: {what: x}}, {name: b, action: core.echo}]");
        _scratch.Write("bad.yaml", "tasks:\n  - {name: call, action: lib.child}\n  - {name: typo, action: lib.chidl}\n  - {name: send, action: chat.post}");
        _scratch.Write("twin.yaml", "tasks: [{name: call, action: test.good}]");

        var before = await RunAsync("check", "good.yaml");
        Assert.Equal(0, (await RunAsync("workflows", "store", "child.yaml")).ExitCode);
        var after = await RunAsync("check", "good.yaml", "twin.yaml");
        var alone = await RunAsync("check", "twin.yaml");
        var bad = await RunAsync("check", "bad.yaml");
        var here = await _scratch.RunAsync("check", "bad.yaml");

        Assert.Equal((1, 0, 1, 1), (before.ExitCode, after.ExitCode, alone.ExitCode, bad.ExitCode));
        Assert.Contains("action.unknown", before.Output, StringComparison.Ordinal);
        Assert.Contains("There is no action 'test.good'", alone.Output, StringComparison.Ordinal);
        Assert.Contains("bad.yaml:2:26: error input.missing", bad.Output, StringComparison.Ordinal);
        Assert.Contains("There is no action 'lib.chidl'. Did you mean 'lib.child'?", bad.Output, StringComparison.Ordinal);
        Assert.Contains("There is no action 'chat.post'", bad.Output, StringComparison.Ordinal);
        Assert.Equal(0, here.ExitCode);
    }

    [Fact]
    public async Task A_run_that_calls_others_is_drawn_as_the_server_has_it_and_a_file_cannot_be_called_there()
    {
        _scratch.Write("child.yaml", "ref: lib.child\ntasks: [{name: a, action: core.noop}]");
        _scratch.Write("main.yaml", "ref: test.main\ntasks: [{name: call, action: lib.child}]");
        _scratch.Write("files.yaml", "tasks: [{name: call, action: child.yaml}]");
        Assert.Equal(0, (await RunAsync("workflows", "store", "child.yaml")).ExitCode);
        var id = (string)JsonNode.Parse((await RunAsync("run", "main.yaml", "-o", "json")).Output)!["run_id"]!;

        var tree = await RunAsync("show", id, "--tree", "-o", "json");
        var refused = await RunAsync("run", "files.yaml");

        Assert.Equal("lib.child", (string)JsonNode.Parse(tree.Output)!["children"]![0]!["workflow"]!);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("action.unknown", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_is_stored_listed_and_refused_with_the_place_of_each_problem()
    {
        _scratch.Write("bad.yaml", "ref: test.bad\ntasks:\n  - name: a\n    action: core.noop\n    concurency: 3\n");

        var stored = await RunAsync("workflows", "store", "w.yaml");
        var refused = await RunAsync("workflows", "store", "bad.yaml");
        var listed = await RunAsync("workflows");

        Assert.Equal((0, 2), (stored.ExitCode, refused.ExitCode));
        Assert.Contains("bad.yaml:5:5: error spec.unknown-key", refused.Error, StringComparison.Ordinal);
        Assert.Contains("test.items", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_that_is_stored_tells_what_its_author_should_look_at()
    {
        _scratch.Write("odd.yaml", "ref: test.odd\nvars:\n  spare-part: 1\ntasks:\n  - name: a\n    action: core.noop\n");

        var stored = await RunAsync("workflows", "store", "odd.yaml");

        Assert.Equal(0, stored.ExitCode);
        Assert.Contains("odd.yaml:3:3: warning ", stored.Error, StringComparison.Ordinal);
        Assert.Contains("'spare-part'", stored.Error, StringComparison.Ordinal);
        Assert.Contains("test.odd is stored as number 1", stored.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_cancelled()
    {
        var (_, started) = await _api.StartRunAsync(
            """{"definition": "tasks: [{name: a, action: core.sleep, input: {seconds: 60}}]\ncancellation_policy: cancel_running"}""");

        var cancelled = await RunAsync("cancel", (string)started["run_id"]!, "--reason", "enough");
        var watched = await RunAsync("watch", (string)started["run_id"]!);

        var shown = await RunAsync("show", (string)started["run_id"]!);
        Assert.Equal((0, 1), (cancelled.ExitCode, watched.ExitCode));
        Assert.Contains("status: cancelled (enough)", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_paused_and_resumed()
    {
        var (_, started) = await _api.StartRunAsync(
            """{"definition": "tasks: [{name: a, action: core.noop, delay: 3600}]"}""");
        var run = (string)started["run_id"]!;

        var paused = await RunAsync("pause", run, "--reason", "upgrade");
        var shown = await RunAsync("show", run);
        var json = JsonNode.Parse((await RunAsync("show", run, "-o", "json")).Output)!;
        var explained = await RunAsync("explain", run);
        var resumed = await RunAsync("resume", run);
        var unnamed = await RunAsync("resume");
        var cancelled = await RunAsync("cancel", run);
        var late = await RunAsync("pause", run);

        Assert.Equal((0, 0, 2, 0, 2), (paused.ExitCode, resumed.ExitCode, unnamed.ExitCode, cancelled.ExitCode, late.ExitCode));
        Assert.Contains($"to go on: executor resume {run}", paused.Error, StringComparison.Ordinal);
        Assert.Contains("status: paused (upgrade)", shown.Output, StringComparison.Ordinal);
        Assert.Equal("upgrade", (string)json["pause_reason"]!);
        Assert.Equal(("delay", "a", true), ((string)json["due"]![0]!["kind"]!, (string)json["due"]![0]!["task"]!, (bool)json["due"]![0]!["is_suspended"]!));
        Assert.Contains("it goes on when it is resumed", explained.Output, StringComparison.Ordinal);
        Assert.Contains("error cli.run", unnamed.Error, StringComparison.Ordinal);
        Assert.Contains("error run.ended", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_with_its_address()
    {
        var ended = await _scratch.RunAsync("runs", "--server", "http://127.0.0.1:9");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("server.unreachable: http://127.0.0.1:9/", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_made_listed_and_revoked_in_a_data_directory()
    {
        var made = await _scratch.RunAsync("keys", "add", "--name", "me", "--role", "viewer", "--data", "d");
        var id = made.Output.Split('_')[2];
        var listed = await _scratch.RunAsync("keys", "list", "--data", "d");
        var revoked = await _scratch.RunAsync("keys", "revoke", id, "--data", "d");
        var again = await _scratch.RunAsync("keys", "revoke", id, "--data", "d");

        Assert.Equal((0, 0, 0, 2), (made.ExitCode, listed.ExitCode, revoked.ExitCode, again.ExitCode));
        Assert.Contains("viewer", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Output.Trim()[^43..], listed.Output, StringComparison.Ordinal);
    }

    private static string Comparable(string json)
    {
        var run = JsonNode.Parse(json)!.AsObject();
        foreach (var name in new[] { "run_id", "started_at", "ended_at" })
        {
            Assert.True(run.Remove(name));
        }

        return run.ToJsonString();
    }

    private Task<Ended> RunAsync(params string[] arguments) =>
        _scratch.RunAsync([.. arguments, "--server", _api.Address.ToString()]);
}
