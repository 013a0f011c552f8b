using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Executor.Core;

namespace Executor.Integration.Tests.Api;

/// <summary>Questions to people over the API.</summary>
public sealed class InquiryTests : IAsyncLifetime
{
    private const string Asks =
        """
        ref: test.asks
        tasks:
          - name: approve
            action: core.ask
            with_items: [eu, us]
            concurrency: 2
            input:
              prompt: "Release in {{ item }}?"
              assigned_to: [ann]
              response_schema: {approve: {type: boolean, required: true}, reason: {type: string}}
        output_map: {by: "{{ map(task.approve, 'responded_by') }}"}
        """;

    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await ApiUnderTest.WithKeysAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    [Trait("lesson", "6.4")]
    public async Task A_question_is_listed_answered_once_and_its_answer_shown_and_audited()
    {
        using var client = _api.ClientWith(await _api.KeyAsync(Role.Operator));
        var run = await StartAsync(client);
        var open = await OpenAsync(client, run);
        var question = open.Single(one => (int)one!["item"]! == 0)!;
        var id = (string)question["inquiry_id"]!;
        Assert.Equal(
            ("Release in eu?", "pending", "approve", "test.asks", "ann"),
            ((string)question["prompt"]!, (string)question["status"]!, (string)question["task"]!,
                (string)question["workflow"]!, (string)question["assigned_to"]![0]!));
        Assert.True((bool)question["response_schema"]!["approve"]!["required"]!);

        var wrong = await AnswerAsync(client, id, """{"response": {"approve": "yes", "why": 1}}""");
        var right = await AnswerAsync(client, id, """{"response": {"approve": true}}""");
        var late = await AnswerAsync(client, id, """{"response": {"approve": false}}""");

        Assert.Equal((HttpStatusCode.BadRequest, "inquiry.invalid"), (wrong.Status, (string)wrong.Body["code"]!));
        Assert.Equal(
            ["/approve Expected boolean, not a string.", "/why There is no parameter 'why'."],
            wrong.Body["problems"]!.AsArray().Select(problem => (string)problem!["message"]!));
        Assert.Equal((HttpStatusCode.OK, run), (right.Status, (string)right.Body["run_id"]!));
        Assert.Equal((HttpStatusCode.Conflict, "inquiry.closed"), (late.Status, (string)late.Body["code"]!));
        var shown = await WhenAsync(client, $"/api/v1/inquiries/{id}", one => (string)one["status"]! == "answered");
        Assert.Equal("""{"approve":true,"reason":null}""", shown["response"]!.ToJsonString());
        Assert.StartsWith("test Operator (", (string)shown["responded_by"]!, StringComparison.Ordinal);
        var left = Assert.Single(await OpenAsync(client, run, count: 1))!;
        var rows = await _api.Stores.Audit.LatestAsync(3, CancellationToken.None);
        Assert.Equal(["inquiry.closed", "accepted", "inquiry.invalid"], rows.Select(row => row.Outcome));
        Assert.All(rows, row => Assert.Equal($"inquiry {id}", row.Object));

        await AnswerAsync(client, (string)left["inquiry_id"]!, """{"response": {"approve": false}}""");
        await WhenAsync(client, $"/api/v1/runs/{run}", one => (string)one["status"]! == "completed");
    }

    [Fact]
    [Trait("lesson", "5.6")]
    public async Task A_cancel_closes_all_questions_and_pages_join()
    {
        using var client = _api.ClientWith(await _api.KeyAsync(Role.Operator));
        var run = await StartAsync(client);
        var open = await OpenAsync(client, run);
        var first = await GetAsync(client, $"/api/v1/inquiries?run={run}&limit=1");
        var second = await GetAsync(client, $"/api/v1/inquiries?run={run}&limit=1&before={(string)first["next"]!}");
        Assert.Equal(
            open.Select(one => (string)one!["inquiry_id"]!),
            new[] { first, second }.Select(page => (string)page["inquiries"]![0]!["inquiry_id"]!));
        Assert.Null(second["next"]);

        await client.PostAsync($"/api/v1/runs/{run}/cancel", null);

        Assert.Empty(await OpenAsync(client, run, count: 0));
        var all = (await GetAsync(client, $"/api/v1/inquiries?run={run}"))["inquiries"]!.AsArray();
        Assert.All(all, one => Assert.Equal("cancelled", (string)one!["status"]!));
        var late = await AnswerAsync(client, (string)all[0]!["inquiry_id"]!, """{"response": {"approve": true}}""");
        Assert.Equal((HttpStatusCode.Conflict, "inquiry.closed"), (late.Status, (string)late.Body["code"]!));
    }

    [Theory]
    [InlineData("{}", 400, "api.json")]
    [InlineData("""{"response": 99999999999999999999}""", 404, "inquiry.unknown")]
    [InlineData("""{"response": true}""", 404, "inquiry.unknown")]
    public async Task What_is_no_answer_and_what_is_no_question_is_told(string body, int status, string code)
    {
        using var client = _api.ClientWith(await _api.KeyAsync(Role.Operator));

        var said = await AnswerAsync(client, new string('0', 32), body);

        Assert.Equal((status, code), ((int)said.Status, (string)said.Body["code"]!));
    }

    private static async Task<string> StartAsync(HttpClient client)
    {
        using var content = Json($$"""{"definition": {{JsonValue.Create(Asks).ToJsonString()}}}""");
        using var response = await client.PostAsync("/api/v1/runs", content);
        var started = await ApiUnderTest.BodyAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, started.ToJsonString());
        return (string)started["run_id"]!;
    }

    private static async Task<JsonArray> OpenAsync(HttpClient client, string run, int count = 2) =>
        (await WhenAsync(
            client, $"/api/v1/inquiries?open=true&run={run}", page => page["inquiries"]!.AsArray().Count == count))
        ["inquiries"]!.AsArray();

    private static async Task<JsonNode> WhenAsync(HttpClient client, string path, Func<JsonNode, bool> isIt)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var body = await GetAsync(client, path);
            if (isIt(body))
            {
                return body;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await ApiUnderTest.BodyAsync(response);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> AnswerAsync(HttpClient client, string id, string json)
    {
        using var content = Json(json);
        using var response = await client.PostAsync($"/api/v1/inquiries/{id}/answer", content);
        return (response.StatusCode, await ApiUnderTest.BodyAsync(response));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
