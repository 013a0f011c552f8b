using System.Text;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Integration.Tests.Workers;

public sealed class OutcomeTests
{
    [Theory]
    [Trait("lesson", "10.7")]
    [InlineData("test.prob", "There is no action 'test.prob'; did you mean 'test.probe'?")]
    [InlineData("core.http", "There is no action 'core.http'; did you mean 'core.http_request'?")]
    public async Task An_unknown_action_fails_at_once_and_names_the_nearest(string action, string error)
    {
        var outcome = await OutcomeAsync(action);

        Assert.Equal((SlotStatus.Failed, "action.unknown", error), (outcome.Status, outcome.Code, outcome.Error));
    }

    [Theory]
    [Trait("lesson", "10.7")]
    [InlineData("Core.Noop")]
    [InlineData("CORE.NOOP")]
    public async Task Names_of_actions_compare_without_case(string action)
    {
        Assert.Equal(SlotStatus.Completed, (await OutcomeAsync(action)).Status);
    }

    [Fact]
    [Trait("vector", "7 timed out")]
    [Trait("lesson", "4.5")]
    public async Task An_action_that_exceeds_its_timeout_is_stopped_and_the_outcome_is_a_timeout()
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request() with { Timeout = TimeSpan.FromSeconds(2.5) });
        await bench.Probe.StartsAsync();

        bench.Time.Advance(TimeSpan.FromSeconds(2.4));
        Assert.Equal(1, bench.Probe.Running);
        bench.Time.Advance(TimeSpan.FromSeconds(0.1));

        var outcome = (await bench.Link.ReportAsync()).Outcome;
        Assert.Equal(SlotStatus.Timeout, outcome.Status);
        Assert.Equal(
            ValueJson.Parse("""{"succeeded":false,"timed_out":true,"error":"Execution timed out after 2.5 seconds"}"""),
            outcome.Result);
    }

    [Fact]
    public async Task An_action_that_does_not_stop_is_given_up_after_the_grace_but_keeps_its_place()
    {
        await using var bench = new Bench(
            probe: new Probe { IsDeaf = true }, options: options => options.Parallelism = 1);
        bench.Link.Send(Bench.Request() with { Timeout = TimeSpan.FromSeconds(2) });
        bench.Link.Send(Bench.Request("core.noop", item: 1));
        await bench.Probe.StartsAsync();

        bench.Time.Advance(TimeSpan.FromSeconds(2));
        await bench.PassUntilAsync(() => bench.Link.Reports.Count == 1, "it is given up");

        Assert.Equal(SlotStatus.Timeout, bench.Link.Reports.First().Outcome.Status);
        Assert.Single(bench.Link.Claims);
        bench.Probe.End(ActionResult.Success(Value.Null));
        await Wait.UntilAsync(() => bench.Link.Reports.Count == 2, "the next one has run");
    }

    [Fact]
    [Trait("lesson", "10.11")]
    public async Task An_action_that_throws_has_failed_with_its_sentence()
    {
        var outcome = await OutcomeAsync((_, _) => throw new InvalidDataException("The file is empty."));

        Assert.Equal(SlotStatus.Failed, outcome.Status);
        Assert.Equal("InvalidDataException: The file is empty.", outcome.Error);
        Assert.Equal("action.exception", outcome.Code);
        Assert.Equal(
            ValueJson.Parse("""{"succeeded":false,"error":"InvalidDataException: The file is empty."}"""),
            outcome.Result);
    }

    [Fact]
    public async Task A_wrong_input_has_its_code()
    {
        var outcome = await OutcomeAsync((context, _) =>
            Task.FromResult(ActionResult.Success(Value.Of(context.Input.RequiredText("url")))));

        Assert.Equal(("input.missing", "The input 'url' is missing."), (outcome.Code, outcome.Error));
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    [InlineData(0)]
    public async Task A_text_with_half_a_character_or_a_NUL_fails_the_attempt(int unit)
    {
        var text = $"a{(char)unit}b";
        foreach (var result in new Value[]
        {
            Value.Of(text),
            Value.Of([Value.Of(text)]),
            Value.Map.Empty.With("key", Value.Of(text)),
            Value.Map.Empty.With(text, Value.True),
        })
        {
            var outcome = await OutcomeAsync((_, _) => Task.FromResult(ActionResult.Success(result)));

            Assert.Equal((SlotStatus.Failed, "result.invalid"), (outcome.Status, outcome.Code));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_number_that_JSON_cannot_write_fails_the_attempt(double number)
    {
        var outcome = await OutcomeAsync((_, _) => Task.FromResult(ActionResult.Success(Value.Of(number))));

        Assert.Equal((SlotStatus.Failed, "result.invalid"), (outcome.Status, outcome.Code));
    }

    [Theory]
    [InlineData(990_000, SlotStatus.Completed)]
    [InlineData(1_000_001, SlotStatus.Failed)]
    [InlineData(10_000_000, SlotStatus.Failed)]
    public async Task A_result_larger_than_a_message_fails_the_attempt(int characters, SlotStatus status)
    {
        var outcome = await OutcomeAsync((_, _) =>
            Task.FromResult(ActionResult.Success(Value.Of(new string('x', characters)))));

        Assert.Equal(status, outcome.Status);
        Assert.Equal(status == SlotStatus.Failed ? "result.too-large" : null, outcome.Code);
    }

    [Fact]
    public async Task A_result_that_is_nested_too_deep_fails_the_attempt()
    {
        var deep = Enumerable.Range(0, 10_000).Aggregate(Value.Null, (inner, _) => Value.Of([inner]));

        var outcome = await OutcomeAsync((_, _) => Task.FromResult(ActionResult.Success(deep)));

        Assert.Equal("result.invalid", outcome.Code);
    }

    [Fact]
    public async Task The_sentence_of_a_failure_is_mended_and_bounded()
    {
        var outcome = await OutcomeAsync((_, _) =>
            Task.FromResult(ActionResult.Failure("\0\ud83d" + new string('x', 10_000))));

        Assert.StartsWith("\ufffd\ufffdxxx", outcome.Error);
        Assert.EndsWith(" bytes cut]", outcome.Error);
        Assert.InRange(Encoding.UTF8.GetByteCount(outcome.Error!), 8_000, ErrorText.MostBytes);
    }

    [Fact]
    public async Task Times_are_the_begin_and_the_end_of_the_action()
    {
        await using var bench = new Bench();
        var begin = bench.Time.GetUtcNow();
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(7));

        bench.Probe.End(ActionResult.Success(Value.Null));

        var result = await bench.Link.ReportAsync();
        Assert.Equal((begin, begin.AddSeconds(7)), (result.StartedAt, result.EndedAt));
    }

    private static async Task<ItemOutcome> OutcomeAsync(string action)
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request(action));
        return (await bench.Link.ReportAsync()).Outcome;
    }

    private static async Task<ItemOutcome> OutcomeAsync(
        Func<ActionContext, CancellationToken, Task<ActionResult>> action)
    {
        await using var bench = new Bench(action: action);
        bench.Link.Send(Bench.Request());
        return (await bench.Link.ReportAsync()).Outcome;
    }
}
