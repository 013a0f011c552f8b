using System.Text;

namespace Executor.Integration.Tests.Api;

/// <summary>Contents that are JSON and not what is expected, of each address that takes any.</summary>
public sealed class ContentTests : IClassFixture<OneApi>
{
    private readonly ApiUnderTest _api;

    public ContentTests(OneApi one) => _api = one.Api;

    [Theory]
    [InlineData("""[]""", "The content is a list; expected an object with: definition, inputs, name, number, timeout, workflow.")]
    [InlineData("""null""", "There is no content; expected an object with: ")]
    [InlineData("""7""", "The content is 7; expected an object")]
    [InlineData("""{"input": {}}""", "There is no 'input' here. Did you mean 'inputs'? Known are: definition, inputs, ")]
    [InlineData("""{"workflow": 7}""", "'workflow' is 7; expected a text.")]
    [InlineData("""{"workflow": ["a.b"]}""", "'workflow' is a list; expected a text.")]
    [InlineData("""{"workflow": "a.b", "number": "1"}""", "'number' is a text; expected a whole number.")]
    [InlineData("""{"workflow": "a.b", "number": 1.5}""", "'number' is 1.5; expected a whole number.")]
    [InlineData("""{"workflow": "a.b", "number": 99999999999}""", "'number' is 99999999999; expected a whole number.")]
    [InlineData("""{"definition": {"tasks": []}, "timeout": true}""", "'definition' is an object; expected a text. 'timeout' is true; expected a number.")]
    [InlineData("""{"definition": "x", "inputs": []}""", "'inputs' is a list; expected an object of names and values.")]
    [InlineData("""{"definition": "tasks: [{name: a, action: core.noop}]", "inputs": {"n": 99999999999999999999}}""", "'inputs.n' cannot be taken: An integer is outside 64 bits.")]
    [InlineData("""{"definition": "tasks: [{name: a, action: core.noop}]", "inputs": {"n": "\ud800"}}""", "'inputs.n' cannot be taken: A text holds half a surrogate pair")]
    [InlineData("""{"definition": "x", "inputs": {"\ud800": 1}}""", "half a surrogate pair")]
    [InlineData("""{"definition": "\ud800"}""", "half a surrogate pair")]
    [InlineData("""{"\ud800": "x"}""", "half a surrogate pair")]
    [InlineData("""{"workflow": "a.b", "workflow": "c.d"}""", "'workflow' is given more than once.")]
    [InlineData("""{"definition": "x", "inputs": {"n": 1, "m": 2, "n": 3}}""", "'inputs.n' is given more than once.")]
    [InlineData("""{"definition" "x"}""", "The content is not JSON: '\"' is invalid after a property name. Expected a ':'. (line 1, byte 15)")]
    [InlineData("", "There is no content; expected an object with: ")]
    public Task A_start_names_what_is_wrong(string json, string told) => IsRefusedAsync("runs", json, told);

    [Theory]
    [InlineData("""{"from": [null]}""", "'from[0]' is null; expected a text.")]
    [InlineData("""{"from": ["a", 7, {}]}""", "'from[1]' is 7; expected a text. 'from[2]' is an object; expected a text.")]
    [InlineData("""{"from": "a"}""", "'from' is a text; expected a list of texts.")]
    [InlineData("""{"from": {"a": null}}""", "'from' is an object; expected a list of texts.")]
    [InlineData("""{"failed_items": null}""", "'failed_items' is null; expected true or false.")]
    [InlineData("""{"failed_items": "yes"}""", "'failed_items' is a text; expected true or false.")]
    [InlineData("""{"form": ["a"]}""", "There is no 'form' here. Did you mean 'from'? Known are: failed_items, from.")]
    public async Task A_rerun_names_what_is_wrong(string json, string told)
    {
        var (_, started) = await _api.StartRunAsync("""{"definition": "tasks: [{name: a, action: core.noop}]"}""");
        var run = (string)started["run_id"]!;
        await _api.EndOfAsync(run);

        await IsRefusedAsync($"runs/{run}/rerun", json, told);
    }

    [Theory]
    [InlineData("cancel", """{"reason": 7}""", "'reason' is 7; expected a text.")]
    [InlineData("cancel", """["because"]""", "The content is a list; expected an object with: reason.")]
    [InlineData("pause", """{"reason": ["x"]}""", "'reason' is a list; expected a text.")]
    [InlineData("pause", """{"why": "x"}""", "There is no 'why' here. Known are: reason.")]
    public Task A_reason_names_what_is_wrong(string verb, string json, string told) =>
        IsRefusedAsync($"runs/0/{verb}", json, told);

    [Theory]
    [InlineData("""{}""", "'response' is missing.")]
    [InlineData("""{"answer": 1}""", "'response' is missing. There is no 'answer' here. Known are: response.")]
    [InlineData("""{"response": 99999999999999999999}""", "'response' cannot be taken: An integer is outside 64 bits.")]
    [InlineData("""{"response": {"a": ["\udc00"]}}""", "'response' cannot be taken: A text holds half a surrogate pair")]
    [InlineData("", "There is no content; expected an object with: response.")]
    public async Task An_answer_names_what_is_wrong(string json, string told) =>
        await IsRefusedAsync($"inquiries/{await QuestionAsync()}/answer", json, told);

    [Theory]
    [InlineData("runs/0/cancel")]
    [InlineData("runs/0/pause")]
    public async Task What_may_be_left_out_may_be_null(string path)
    {
        foreach (var json in new[] { "", "null", "{}", """{"reason": null}""" })
        {
            using var response = await _api.Client.PostAsync($"/api/v1/{path}", Content(json));

            Assert.Equal((json, 404), (json, (int)response.StatusCode));
        }
    }

    [Fact]
    public async Task What_is_refused_for_its_content_is_in_the_audit()
    {
        using var response = await _api.Client.PostAsync("/api/v1/runs", Content("""{"input": {}}"""));

        var row = Assert.Single(await _api.Stores.Audit.LatestAsync(1, CancellationToken.None));
        Assert.Equal(("POST /api/v1/runs", "api.json"), (row.Action, row.Outcome));
    }

    /// <summary>One that is open.</summary>
    private async Task<string> QuestionAsync()
    {
        await _api.StartRunAsync("""{"definition": "tasks: [{name: ask, action: core.ask, input: {prompt: Well?}}]"}""");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var open = (await _api.GetAsync("/api/v1/inquiries?open=true"))["inquiries"]!.AsArray();
            if (open.Count > 0)
            {
                return (string)open[0]!["inquiry_id"]!;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private async Task IsRefusedAsync(string path, string json, string told)
    {
        using var response = await _api.Client.PostAsync($"/api/v1/{path}", Content(json));

        var body = await ApiUnderTest.BodyAsync(response);
        var detail = (string)body["detail"]!;
        Assert.Equal((400, "api.json"), ((int)response.StatusCode, (string)body["code"]!));
        Assert.Contains(told, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Executor.", detail, StringComparison.Ordinal);
    }

    private static StringContent Content(string json) => new(json, Encoding.UTF8, "application/json");
}
