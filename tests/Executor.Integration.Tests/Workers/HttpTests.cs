using System.Net;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker;
using Executor.Worker.Actions;
using Executor.Worker.Runners.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Executor.Integration.Tests.Workers;

public sealed class HttpTests
{
    private static readonly Action<WorkerOptions> Laptop = options => options.Http.AllowLoopback = true;

    [Fact]
    public async Task An_answer_becomes_status_headers_body_and_json()
    {
        await using var server = new LocalServer(_ => LocalServer.Response(
            """{"ok": [1, 2.0]}""", "application/json; charset=utf-8", more: "X-Two: a\r\nX-Two: b\r\n"));

        var outcome = await CallAsync($$$"""{"url": "{{{server.Url}}}/x?a=1", "query": {"b": "ü &", "c": [1, 2]}}""");

        Assert.Equal(SlotStatus.Completed, outcome.Status);
        var result = (Value.Map)outcome.Result;
        Assert.Equal(
            ["status_code", "url", "duration_ms", "succeeded", "headers", "body", "json"],
            result.Select(entry => entry.Key));
        Assert.Equal("200", TextOf(result, "status_code"));
        Assert.Equal("""{"ok":[1,2.0]}""", TextOf(result, "json"));
        Assert.Contains("\"x-two\":\"a, b\"", TextOf(result, "headers"));
        Assert.StartsWith("GET /x?a=1&b=%C3%BC%20%26&c=1&c=2 HTTP/1.1\r\n", server.Requests.Single());
    }

    [Fact]
    public async Task Method_headers_and_body_are_sent()
    {
        await using var server = new LocalServer(_ => LocalServer.Response(""));

        await CallAsync(
            $$$"""{"url": "{{{server.Url}}}", "method": "post", "json": {"a": 1}, "headers": {"X-Key": "k"}}""");
        await CallAsync(
            $$$"""
            {"url": "{{{server.Url}}}", "method": "PUT", "body": "<a/>", "headers": {"Content-Type": "text/xml"}}
            """);

        var (json, xml) = (server.Requests.First(), server.Requests.Last());
        Assert.StartsWith("POST / HTTP/1.1\r\n", json);
        Assert.Contains("X-Key: k\r\n", json);
        Assert.Contains("Content-Type: application/json\r\n", json);
        Assert.EndsWith("\r\n\r\n{\"a\":1}", json);
        Assert.Contains("Content-Type: text/xml\r\n", xml);
        Assert.EndsWith("\r\n\r\n<a/>", xml);
    }

    [Fact]
    public async Task A_status_that_is_no_success_fails_with_the_whole_answer()
    {
        await using var server = new LocalServer(_ => LocalServer.Response("why", status: "503 Service Unavailable"));

        var outcome = await CallAsync($$"""{"url": "{{server.Url}}/a?secret=1"}""");

        Assert.Equal((SlotStatus.Failed, "http.status"), (outcome.Status, outcome.Code));
        Assert.Equal($"{server.Url}/a answered 503 Service Unavailable", outcome.Error);
        Assert.Equal("why", TextOf((Value.Map)outcome.Result, "body"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f000001:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://0:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[::ffff:7f00:1]:{0}/")]
    [InlineData("http://[64:ff9b::7f00:1]:{0}/")]
    [InlineData("http://[2002:7f00:1::]:{0}/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://192.168.0.1/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fd00::1]/")]
    public async Task A_refused_address_is_never_connected_to_however_it_is_written(string url)
    {
        await using var server = new LocalServer(_ => LocalServer.Response("secret"));

        var outcome = await Running.OnceAsync(
            "core.http_request", $$"""{"url": "{{url.Replace("{0}", $"{server.Port}")}}", "timeout": 20}""");

        Assert.Equal((SlotStatus.Failed, "http.address-refused"), (outcome.Status, outcome.Code));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    [InlineData("ftp://example.com/")]
    [InlineData("/relative")]
    [InlineData("example.com")]
    [InlineData("http://user:secret@example.com/")]
    public async Task Only_plain_http_and_https_are_taken(string url)
    {
        Assert.Equal("input.pattern", (await CallAsync($$"""{"url": "{{url}}"}""")).Code);
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_what_was_checked_is_what_is_called()
    {
        await using var server = new LocalServer(_ => LocalServer.Response("secret"));
        var asked = 0;
        using var runner = new HttpRunner(new HttpOptions(), (_, _) => Task.FromResult<IPAddress[]>(
            ++asked == 1 ? [IPAddress.Parse("192.0.2.1"), IPAddress.Loopback] : [IPAddress.Loopback]));

        for (var time = 1; time <= 2; time++)
        {
            var end = await runner.RunAsync(Context($$"""{"url": "http://rebind.test:{{server.Port}}/"}"""), default);
            Assert.Equal("http.address-refused", end.Code);
            Assert.Equal(time, asked);
        }

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task One_refused_address_among_good_ones_is_enough_to_refuse()
    {
        using var runner = new HttpRunner(new HttpOptions(), (_, _) => Task.FromResult<IPAddress[]>(
            [IPAddress.Parse("1.1.1.1"), IPAddress.Parse("10.0.0.1")]));

        var end = await runner.RunAsync(Context("""{"url": "http://both.test/"}"""), default);

        Assert.Equal("http.address-refused", end.Code);
        Assert.Contains("10.0.0.1", end.Error);
    }

    [Theory]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_redirect_is_checked_like_the_first_address(string location)
    {
        await using var server = new LocalServer(_ => LocalServer.Redirect(location));

        Assert.Equal("http.address-refused", (await CallAsync($$"""{"url": "{{server.Url}}"}""")).Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Redirects_are_followed_and_credentials_do_not_go_to_another_host()
    {
        await using var other = new LocalServer(_ => LocalServer.Response("there"));
        await using var first = new LocalServer(request => request.StartsWith("POST /a ", StringComparison.Ordinal)
            ? LocalServer.Redirect("/b", "307 Temporary Redirect")
            : LocalServer.Redirect($"{other.Url}/c", "303 See Other"));

        var outcome = await CallAsync(
            $$$"""
            {"url": "{{{first.Url}}}/a", "method": "POST", "json": {"n": 1},
             "headers": {"Authorization": "Bearer x", "Cookie": "a=b", "X-Other": "y"}}
            """);

        Assert.Equal("there", TextOf((Value.Map)outcome.Result, "body"));
        Assert.Equal($"{other.Url}/c", TextOf((Value.Map)outcome.Result, "url"));
        var again = first.Requests.Last();
        Assert.StartsWith("POST /b ", again);
        Assert.Contains("Authorization: Bearer x", again);
        Assert.EndsWith("{\"n\":1}", again);
        var elsewhere = Assert.Single(other.Requests);
        Assert.StartsWith("GET /c ", elsewhere);
        Assert.DoesNotContain("Authorization", elsewhere);
        Assert.DoesNotContain("Cookie", elsewhere);
        Assert.Contains("X-Other: y", elsewhere);
    }

    [Fact]
    public async Task More_than_five_redirects_are_not_followed()
    {
        await using var server = new LocalServer(_ => LocalServer.Redirect("/again"));

        Assert.Equal("http.redirects", (await CallAsync($$"""{"url": "{{server.Url}}"}""")).Code);
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_not_read_further()
    {
        await using var server = new LocalServer(_ => LocalServer.Response(new string('x', 200_000)));

        var outcome = await Running.OnceAsync("core.http_request", $$"""{"url": "{{server.Url}}"}""", options =>
        {
            Laptop(options);
            options.Http.BodyLimit = 100_000;
        });

        Assert.Equal("http.too-large", outcome.Code);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_a_failed_attempt()
    {
        var never = new ManualResetEventSlim();
        await using var server = new LocalServer(_ =>
        {
            never.Wait();
            return "";
        });

        var outcome = await CallAsync($$"""{"url": "{{server.Url}}", "timeout": 0.2}""");
        never.Set();

        Assert.Equal((SlotStatus.Failed, "http.timeout"), (outcome.Status, outcome.Code));
    }

    [Fact]
    public async Task Nobody_there_and_an_answer_broken_off_are_failed_attempts()
    {
        int port;
        await using (var gone = new LocalServer(_ => ""))
        {
            port = gone.Port;
        }

        await using var rude = new LocalServer(_ => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");

        Assert.Equal("http.unreachable", (await CallAsync($$"""{"url": "http://127.0.0.1:{{port}}/"}""")).Code);
        Assert.Equal("http.broken-off", (await CallAsync($$"""{"url": "{{rude.Url}}"}""")).Code);
    }

    [Theory]
    [InlineData("""{"url": "http://127.0.0.1/", "method": "TRACE"}""", "input.enum")]
    [InlineData("""{"method": "GET"}""", "input.missing")]
    [InlineData("""{"url": "http://127.0.0.1/", "headers": {"Host": "x"}}""", "input.pattern")]
    [InlineData("""{"url": "http://127.0.0.1/", "headers": {"X": "a\r\nB: c"}}""", "input.pattern")]
    [InlineData("""{"url": "http://127.0.0.1/", "headers": {"X Y": "a"}}""", "input.pattern")]
    [InlineData("""{"url": "http://127.0.0.1/", "body": "a", "json": 1}""", "input.shape")]
    [InlineData("""{"url": "http://127.0.0.1/", "timeout": 99999}""", "input.range")]
    [InlineData("""{"url": "http://127.0.0.1/", "uri": "x"}""", "input.unknown")]
    public async Task A_wrong_input_is_refused_before_anything_is_sent(string input, string code)
    {
        Assert.Equal(code, (await CallAsync(input)).Code);
    }

    private static Task<ItemOutcome> CallAsync(string json) => Running.OnceAsync("core.http_request", json, Laptop);

    private static ActionContext Context(string json) => new(
        Bench.Request("core.http_request", Running.Input(json)), TimeProvider.System, NullLogger.Instance, null);

    private static string TextOf(Value.Map result, string key)
    {
        Assert.True(result.TryGet(key, out var value), $"{key} is missing in {result}");
        return value is Value.Text text ? text.Content : value.ToString();
    }
}
