using System.Text;
using System.Text.Json.Nodes;
using Executor.Actors.Tests.Messaging.Rabbit;

namespace Executor.Integration.Tests.Languages;

/// <summary>Whoever speaks AMQP and JSON can be a worker.</summary>
public sealed class PythonWorkerTests(LanguageWorld world) : IClassFixture<LanguageWorld>
{
    [Theory]
    [InlineData(PythonWorker.Whole)]
    [InlineData(PythonWorker.Small)]
    public async Task Workers_in_two_languages_share_the_items_of_a_pool_and_each_runs_once(string script)
    {
        await using var python = await PythonWorker.StartAsync(world.Worker, LanguageWorld.Pool, script);
        await using var csharp = await CSharpWorker.StartAsync(world.WorkerOptions, LanguageWorld.Pool);
        await world.WorkersAsync(2);

        var run = await world.StartRunAsync(
            """
            ref: test.languages
            tasks:
              - name: each
                action: py.upper
                with_items: "{{ range(60) }}"
                concurrency: 8
                input: {text: "grün {{ item }}"}
                next: [{do: validate}]
              - name: validate
                action: py.add
                input: {a: 9007199254740993, b: "{{ length(task.each) }}"}
            output_map: {texts: "{{ task.each }}", sum: "{{ task.validate.sum }}"}
            """);
        var end = await world.Api.EndOfAsync(run);

        Assert.Equal("completed", (string)end["status"]!);
        Assert.Equal(Enumerable.Range(0, 60).Select(item => $"GRÜN {item}"), end["output"]!["texts"]!.AsArray()
            .Select(result => (string)result!["text"]!));
        Assert.Equal(9007199254741053, (long)end["output"]!["sum"]!);
        Assert.Equal(61, (int)end["dispatches"]!);
        var validated = Assert.Single(await world.AttemptsAsync(run, "validate"));
        var each = await world.AttemptsAsync(run, "each");
        Assert.Equal(60, each.Select(row => row.Item).Distinct().Count());
        Assert.All(each, row => Assert.Equal((1, "completed"), (row.Attempt, row.Status)));
        await python.LeaveAsync();
        Assert.Equal(
            each.Select(row => row.Id).Append(validated.Id).Order(), python.Begun.Concat(csharp.Begun).Order());
        Assert.NotEmpty(python.Begun);
        Assert.NotEmpty(csharp.Begun);
        Assert.Empty(await LanguageWorld.Server.TakeAsync(world.Vhost, "executor.dead.parked", 10));
    }

    [Fact]
    public async Task It_is_listed_with_its_actions_and_leaves_in_order()
    {
        await using var python = await PythonWorker.StartAsync(world.Worker, LanguageWorld.Pool);
        JsonNode? listed = null;
        await RabbitServer.UntilAsync(async () => (listed = await ListedAsync(python)) is not null);

        await python.StopAsync();

        Assert.Equal(
            ["py.add", "py.sleep", "py.upper"], listed!["actions"]!.AsArray().Select(name => (string)name!).Order());
        await RabbitServer.UntilAsync(async () => (string?)(await ListedAsync(python))?["state"] == "gone");
    }

    [Fact]
    [Trait("lesson", "10.5")]
    public async Task Killed_in_the_middle_its_attempt_ends_abandoned_and_the_next_may_run_in_another_language()
    {
        await using var python = await PythonWorker.StartAsync(world.Worker, LanguageWorld.Pool);
        var run = await world.StartRunAsync(
            """
            ref: test.killed
            tasks:
              - {name: long, action: py.sleep, input: {seconds: 600}, retry: {count: 1, delay: 0}}
            """);
        await python.UntilAsync(() => python.Begun.Any(), "the action begins");

        await python.KillAsync();
        await using var csharp = await CSharpWorker.StartAsync(world.WorkerOptions, LanguageWorld.Pool);
        var end = await world.Api.EndOfAsync(run);

        Assert.Equal("completed", (string)end["status"]!);
        var attempts = await world.AttemptsAsync(run, "long");
        Assert.Equal([(1, "abandoned"), (2, "completed")], attempts.Select(row => (row.Attempt, row.Status)));
        Assert.Equal([attempts[0].Id, attempts[1].Id], python.Begun.Concat(csharp.Begun));
    }

    [Fact]
    public async Task Cut_off_it_goes_on_with_what_it_has_and_tells_the_result_over_the_next_connection()
    {
        await using var python = await PythonWorker.StartAsync(world.Worker, LanguageWorld.Pool);
        var run = await world.StartRunAsync(
            """
            ref: test.cut
            tasks:
              - {name: long, action: py.sleep, input: {seconds: 3}}
            output_map: {stopped: "{{ task.long.stopped }}"}
            """);
        await python.UntilAsync(() => python.Begun.Any(), "the action begins");

        await CutAsync();
        await python.UntilAsync(() => python.Connects == 2, "it is back");
        var end = await world.Api.EndOfAsync(run);

        Assert.Equal(("completed", false), ((string)end["status"]!, (bool)end["output"]!["stopped"]!));
        Assert.Single(python.Begun);
        Assert.Single(await world.AttemptsAsync(run, "long"));
    }

    [Fact]
    [Trait("lesson", "10.1")]
    public async Task Frozen_for_longer_than_its_lease_it_ends_and_nothing_of_it_counts()
    {
        await using var python = await PythonWorker.StartAsync(world.Worker, LanguageWorld.Pool);
        var run = await world.StartRunAsync(
            """
            ref: test.frozen
            tasks:
              - {name: long, action: py.sleep, input: {seconds: 600}}
            """);
        await python.UntilAsync(() => python.Begun.Any(), "the action begins");

        await python.FreezeAsync();
        var end = await world.Api.EndOfAsync(run);
        await python.ThawAsync();

        Assert.Equal("failed", (string)end["status"]!);
        Assert.Equal(70, await python.EndAsync());
        Assert.Equal("abandoned", Assert.Single(await world.AttemptsAsync(run, "long")).Status);
    }

    [Theory]
    [InlineData(PythonWorker.Whole)]
    [InlineData(PythonWorker.Small)]
    public async Task A_lease_is_renewed_for_as_long_as_the_action_runs(string script)
    {
        await using var python = await PythonWorker.StartAsync(world.Worker, LanguageWorld.Pool, script);
        var run = await world.StartRunAsync(
            $"""
            ref: test.long
            tasks:
              - name: long
                action: py.sleep
                input:
                  seconds: {LanguageWorld.Lease.TotalSeconds + 5}
            """);

        var end = await world.Api.EndOfAsync(run);

        Assert.Equal("completed", (string)end["status"]!);
        Assert.Single(python.Begun);
    }

    [Fact]
    public async Task A_cancel_stops_the_action_and_a_timeout_and_unknown_names_and_errors_end_as_they_should()
    {
        await using var python = await PythonWorker.StartAsync(world.Worker, LanguageWorld.Pool);
        var cancelled = await world.StartRunAsync(
            """
            ref: test.cancelled
            cancellation_policy: cancel_running
            tasks:
              - {name: long, action: py.sleep, input: {seconds: 600}}
            """);
        await python.UntilAsync(() => python.Begun.Any(), "the action begins");
        await CancelAsync(cancelled);
        var bad = await world.StartRunAsync(
            """
            ref: test.bad
            tasks:
              - name: late
                action: py.sleep
                timeout: 1
                input: {seconds: 600}
                next: [{when: timed_out(), do: unknown}]
              - name: unknown
                action: py.nothing
                next: [{when: "error() == \"There is no action 'py.nothing'\"", do: wrong}]
              - name: wrong
                action: py.add
                input: {a: 1, b: x}
                next: [{when: not result().succeeded, do: large}]
              - name: large
                action: py.add
                input: {a: 9223372036854775807, b: 1}
                next: [{when: failed(), do: last}]
              - {name: last, action: py.add, input: {a: 1, b: 2}}
            """);

        Assert.Equal("cancelled", (string)(await world.Api.EndOfAsync(cancelled))["status"]!);
        Assert.Equal("completed", (string)(await world.Api.EndOfAsync(bad))["status"]!);
        Assert.Equal("cancelled", Assert.Single(await world.AttemptsAsync(cancelled, "long")).Status);
        Assert.Equal("timeout", Assert.Single(await world.AttemptsAsync(bad, "late")).Status);
        Assert.Single(await world.AttemptsAsync(bad, "last"));
        await python.StopAsync();
    }

    private async Task<JsonNode?> ListedAsync(PythonWorker worker) =>
        (await world.Api.GetAsync("/api/v1/workers"))["workers"]!.AsArray()
            .SingleOrDefault(one => (string)one!["id"]! == worker.Name);

    private async Task CancelAsync(string run)
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await world.Api.Client.PostAsync($"/api/v1/runs/{run}/cancel", body);
        Assert.True(response.IsSuccessStatusCode);
    }

    private async Task CutAsync()
    {
        var broker = LanguageWorld.Server;
        string[] connections = [];
        await RabbitServer.UntilAsync(async () =>
            (connections = await broker.ConnectionsAsync(world.Vhost)).Length >= 3);
        await Task.WhenAll(connections.Select(broker.CutAsync));
    }
}
