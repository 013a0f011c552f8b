using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Integration.Tests.Workers;

public sealed class CancelTests
{
    [Fact]
    [Trait("vector", "7 cancelled")]
    public async Task A_cancel_stops_a_running_action_and_its_result_says_so()
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        bench.Link.Cancel(Bench.Request());

        var outcome = (await bench.Link.ReportAsync()).Outcome;
        Assert.Equal((SlotStatus.Cancelled, "Execution cancelled by user"), (outcome.Status, outcome.Error));
        Assert.Equal(
            ValueJson.Parse("""{"succeeded":false,"cancelled":true,"error":"Execution cancelled by user"}"""),
            outcome.Result);
    }

    [Fact]
    [Trait("vector", "7 cancelled before it started")]
    public async Task A_cancel_that_comes_before_its_request_keeps_it_from_starting()
    {
        await using var bench = new Bench();
        bench.Link.Cancel(Bench.Request());
        bench.Link.Cancel(Bench.Request(item: 1));
        await Wait.UntilAsync(() => bench.Link.Steps.Contains("cancel"), "the cancel is read");

        bench.Link.Send(Bench.Request());

        var outcome = (await bench.Link.ReportAsync()).Outcome;
        Assert.Equal(SlotStatus.Cancelled, outcome.Status);
        Assert.Equal("Cancelled by user before execution started", outcome.Error);
        Assert.Empty(bench.Probe.Started);
    }

    [Fact]
    public async Task A_cancel_of_another_attempt_changes_nothing()
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();

        bench.Link.Cancel(Bench.Request(item: 1));
        bench.Link.Cancel(Bench.Request(item: 2));
        await Wait.UntilAsync(() => bench.Link.Steps.Contains("cancel"), "the cancel is read");

        Assert.Equal(1, bench.Probe.Running);
    }
}
