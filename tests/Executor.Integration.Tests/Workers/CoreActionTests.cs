using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Integration.Tests.Workers;

public sealed class CoreActionTests
{
    [Fact]
    public async Task Noop_takes_anything_and_returns_an_empty_object()
    {
        var outcome = await Running.OnceAsync("core.noop", """{"whatever": [1, 2]}""");

        Assert.Equal(new ItemOutcome(SlotStatus.Completed, Value.Map.Empty), outcome);
    }

    [Fact]
    public async Task Echo_returns_its_input_with_types_kept()
    {
        const string Input = """{"message": "hello", "n": 1, "f": 1.0, "list": [null, true], "map": {"a": {}}}""";

        var outcome = await Running.OnceAsync("core.echo", Input);

        Assert.Equal(ValueJson.Parse(Input).ToString(), outcome.Result.ToString());
    }

    [Fact]
    public async Task Echo_shows_its_message_as_progress()
    {
        var listener = new Listener();
        await using var running = new Running(observer: listener);

        await running.RunAsync(running.Begin("core.echo", Running.Input("""{"message": "hello"}""")));

        Assert.Equal(["hello"], listener.Lines);
    }

    [Fact]
    public async Task Sleep_takes_its_seconds()
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request("core.sleep", Running.Input("""{"seconds": 90.5}""")));
        await bench.PassUntilAsync(() => bench.Link.Acks == 1, "it starts");
        var before = bench.Time.GetUtcNow();

        await bench.PassUntilAsync(() => !bench.Link.Reports.IsEmpty, "it wakes up");

        var result = await bench.Link.ReportAsync();
        Assert.Equal(ValueJson.Parse("""{"seconds": 90.5}"""), result.Outcome.Result);
        Assert.True(result.EndedAt - before > TimeSpan.FromSeconds(85), $"{result.EndedAt - before}");
    }

    [Theory]
    [InlineData("""{"seconds": -1}""", "input.range")]
    [InlineData("""{"seconds": "1"}""", "input.type")]
    [InlineData("""{"second": 1}""", "input.unknown")]
    public async Task Sleep_refuses_what_is_no_number_of_seconds(string input, string code)
    {
        Assert.Equal(code, (await Running.OnceAsync("core.sleep", input)).Code);
    }

    [Fact]
    public async Task Sleep_ends_when_it_is_cancelled()
    {
        await using var running = new Running();
        var request = running.Begin("core.sleep", Running.Input("""{"seconds": 3600}"""));
        await Wait.UntilAsync(() => running.Link.Acks == 1, "it starts");

        running.Link.Cancel(request);

        Assert.Equal(SlotStatus.Cancelled, (await running.RunAsync(request)).Status);
    }

    [Theory]
    [InlineData("""{"message": "no disk", "code": "disk.full"}""", "no disk", "disk.full",
        """{"code": "disk.full", "succeeded": false, "error": "no disk"}""")]
    [InlineData("{}", "Failed on request.", null, """{"succeeded": false, "error": "Failed on request."}""")]
    public async Task Fail_fails_with_its_message_and_code(string input, string error, string? code, string result)
    {
        var outcome = await Running.OnceAsync("core.fail", input);

        Assert.Equal(new ItemOutcome(SlotStatus.Failed, ValueJson.Parse(result), error, code), outcome);
    }
}
