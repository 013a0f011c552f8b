using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace Executor.Integration.Tests.Api;

/// <summary>What happens is told once, in order, to whoever was cut off too.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private const string TwoTasks =
        """
        {"definition": "tasks: [{name: a, action: core.echo, input: {message: hidden}, next: [{do: b}]}, {name: b, action: core.noop}]"}
        """;

    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await ApiUnderTest.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    [Trait("lesson", "13.3")]
    public async Task Whoever_is_cut_off_in_mid_run_has_seen_each_event_once_and_in_order_when_the_run_has_ended()
    {
        var (_, started) = await _api.StartRunAsync(
            """{"definition": "tasks: [{name: a, action: core.noop, next: [{do: b}]}, {name: b, action: core.ask, input: {prompt: Well?}, next: [{do: c}]}, {name: c, action: core.noop}]"}""");
        var run = (string)started["run_id"]!;

        var before = await ReadAsync($"/api/v1/runs/{run}/events", null, until: "dispatched", times: 2);
        Assert.Equal("running", (string)(await _api.GetAsync($"/api/v1/runs/{run}"))["status"]!);
        await AnswerAsync(run);
        var ended = await _api.EndOfAsync(run);
        var after = await ReadAsync($"/api/v1/runs/{run}/events", before[^1].EventId, until: "end");

        Assert.Equal(
            Enumerable.Range(1, (int)ended["sequence"]!).Select(number => $"{number}"),
            before.Concat(after.SkipLast(1)).Select(item => item.EventId));
        Assert.True(after.Count > 1, "nothing happened while it was cut off");
    }

    [Fact]
    public async Task The_events_of_a_run_come_in_order_up_to_its_end_and_go_on_after_the_last_one_seen()
    {
        var (_, started) = await _api.StartRunAsync(TwoTasks);
        var run = (string)started["run_id"]!;

        var all = await ReadAsync($"/api/v1/runs/{run}/events", null, until: "end");
        var rest = await ReadAsync($"/api/v1/runs/{run}/events", all[1].EventId, until: "end");

        Assert.Equal(
            Enumerable.Range(1, all.Count - 1).Select(number => $"{number}"),
            all.SkipLast(1).Select(item => item.EventId));
        Assert.Equal("end", all[^1].EventType);
        Assert.Equal(all.Skip(2).Select(item => item.Data), rest.Select(item => item.Data));
        var kinds = all.SkipLast(1).SelectMany(item => JsonNode.Parse(item.Data)!["events"]!.AsArray())
            .Select(happened => (string)happened!["type"]!).ToArray();
        Assert.Equal(("runStarted", "runEnded"), (kinds[0], kinds[^1]));
        Assert.Equal(2, kinds.Count(kind => kind == "dispatched"));
    }

    [Fact]
    [Trait("lesson", "13.6")]
    public async Task Events_carry_no_inputs_and_no_results()
    {
        var (_, started) = await _api.StartRunAsync(TwoTasks);

        var all = await ReadAsync($"/api/v1/runs/{started["run_id"]}/events", null, until: "end");

        Assert.DoesNotContain(all, item => item.Data.Contains("hidden", StringComparison.Ordinal));
        Assert.All(all, item => Assert.InRange(item.Data.Length, 1, 1_000));
    }

    [Fact]
    [Trait("lesson", "13.6")]
    public async Task Events_of_results_of_nearly_a_million_characters_are_as_small_as_any()
    {
        var (_, started) = await _api.StartRunAsync(
            """{"definition": "tasks: [{name: a, action: core.echo, with_items: [1, 2, 3], input: {message: '{{ range(150000) | join(\",\") }}'}}]"}""");
        var run = (string)started["run_id"]!;

        var all = await ReadAsync($"/api/v1/runs/{run}/events", null, until: "end");

        Assert.Equal("completed", (string)(await _api.EndOfAsync(run))["status"]!);
        Assert.All(all, item => Assert.InRange(item.Data.Length, 1, 1_000));
        Assert.All(await ItemsAsync(run), item => Assert.Equal("completed", (string)item["status"]!));
    }

    [Fact]
    public async Task The_events_of_all_runs_come_in_one_order()
    {
        var (_, first) = await _api.StartRunAsync(TwoTasks);
        await _api.EndOfAsync((string)first["run_id"]!);
        var (_, second) = await _api.StartRunAsync(TwoTasks);
        await _api.EndOfAsync((string)second["run_id"]!);

        var all = await ReadAsync("/api/v1/events", "0", until: "runEnded", times: 2);

        var numbers = all.Select(item => long.Parse(item.EventId!, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(
            [(string)first["run_id"]!, (string)second["run_id"]!],
            all.Select(item => (string)JsonNode.Parse(item.Data)!["run_id"]!).Distinct());
    }

    [Fact]
    public async Task The_history_is_the_journal_and_the_items_are_its_attempts()
    {
        var (_, started) = await _api.StartRunAsync(
            """{"definition": "tasks: [{name: a, action: core.noop, with_items: [1, 2, 3]}]"}""");
        var run = (string)started["run_id"]!;
        var ended = await _api.EndOfAsync(run);

        var first = await _api.GetAsync($"/api/v1/runs/{run}/history?limit=1");
        var rest = await _api.GetAsync($"/api/v1/runs/{run}/history?after={first["next"]}");
        var sequences = first["entries"]!.AsArray().Concat(rest["entries"]!.AsArray()).Select(entry => (long)entry!["sequence"]!);
        var items = await ItemsAsync(run);

        Assert.Equal(Enumerable.Range(1, (int)ended["sequence"]!).Select(number => (long)number), sequences);
        Assert.Equal([0, 1, 2], items.Select(item => (int)item["item"]!));
        Assert.All(items, item => Assert.Equal("completed", (string)item["status"]!));
    }

    /// <summary>Rows follow the run at a distance; and page by page.</summary>
    private async Task<JsonNode[]> ItemsAsync(string run)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var first = await _api.GetAsync($"/api/v1/runs/{run}/tasks/a/items?limit=2");
            var second = await _api.GetAsync($"/api/v1/runs/{run}/tasks/a/items?limit=2&after={first["next"]}");
            var items = first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => item!).ToArray();
            if (items.Length == 3 && items.All(item => item["ended_at"] is not null))
            {
                return items;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>The run's one question; its row follows the run at a distance.</summary>
    private async Task AnswerAsync(string run)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        JsonArray open;
        while ((open = (await _api.GetAsync($"/api/v1/inquiries?open=true&run={run}"))["inquiries"]!.AsArray()).Count == 0)
        {
            await Task.Delay(50, patience.Token);
        }

        using var answer = new StringContent("""{"response": 1}""", Encoding.UTF8, "application/json");
        using var answered = await _api.Client.PostAsync($"/api/v1/inquiries/{open[0]!["inquiry_id"]}/answer", answer);
        answered.EnsureSuccessStatusCode();
    }

    private async Task<List<SseItem<string>>> ReadAsync(string path, string? last, string until, int times = 1)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        using var response = await _api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(patience.Token);
        var seen = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(patience.Token))
        {
            seen.Add(item);
            if ((item.EventType == until || item.Data.Contains($"\"{until}\"", StringComparison.Ordinal)) && --times == 0)
            {
                return seen;
            }
        }

        throw new InvalidOperationException($"The stream ended before {until}.");
    }
}
