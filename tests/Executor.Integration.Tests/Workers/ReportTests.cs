using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Worker.Actions;

namespace Executor.Integration.Tests.Workers;

public sealed class ReportTests
{
    [Fact]
    [Trait("lesson", "10.1")]
    [Trait("lesson", "9.7")]
    public async Task A_result_is_repeated_until_the_queue_has_it_while_the_lease_is_renewed()
    {
        await using var bench = new Bench(options: options => options.KeepResults = false);
        var away = true;
        bench.Link.OnReport = _ => away ? Task.FromException(new IOException("away")) : Task.CompletedTask;
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();
        bench.Probe.End(ActionResult.Success(Value.Of(1)));

        await bench.PassUntilAsync(() => bench.Link.Reports.Count >= 6, "it was tried six times");
        await bench.PassUntilAsync(() => !bench.Link.Renewals.IsEmpty, "the lease is renewed");
        away = false;
        await bench.PassUntilAsync(() => bench.Worker.InHand == 0, "it is confirmed");

        Assert.Single(bench.Link.Reports.Distinct());
        Assert.Single(bench.Probe.Started);
    }

    [Fact]
    public async Task A_result_whose_attempt_has_ended_is_not_repeated_for_ever()
    {
        await using var bench = new Bench(options: options => options.KeepResults = false);
        bench.Link.OnReport = _ => Task.FromException(new IOException("away"));
        bench.Link.OnRenew = FakeLink.EndedAsync;
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();
        bench.Probe.End(ActionResult.Success(Value.Of(1)));

        await bench.PassUntilAsync(() => bench.Worker.InHand == 0, "the worker gives it up");
    }

    [Fact]
    public async Task A_confirmed_result_is_kept_and_renewed_until_the_executor_says_that_the_attempt_has_ended()
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();
        bench.Probe.End(ActionResult.Success(Value.Of(1)));
        await Wait.UntilAsync(() => bench.Worker.Kept == 1, "the result is kept");

        await bench.PassUntilAsync(() => bench.Link.Renewals.Count == 2, "it was asked for twice");
        Assert.Single(bench.Link.Reports);
        bench.Link.OnRenew = FakeLink.EndedAsync;

        await bench.PassUntilAsync(() => bench.Worker.Kept == 0, "the result is forgotten");
        Assert.Single(bench.Link.Reports);
    }

    [Fact]
    public async Task A_result_that_the_executor_does_not_know_after_three_renewals_is_sent_again()
    {
        await using var bench = new Bench();
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();
        bench.Probe.End(ActionResult.Success(Value.Of(1)));

        await bench.PassUntilAsync(() => bench.Link.Reports.Count == 2, "it is sent again");

        Assert.True(bench.Link.Renewals.Count >= 3);
        Assert.Single(bench.Link.Reports.Distinct());
    }

    [Fact]
    public async Task Where_results_are_not_kept_a_confirmed_one_is_the_end()
    {
        await using var bench = new Bench(options: options => options.KeepResults = false);
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();
        bench.Probe.End(ActionResult.Success(Value.Of(1)));

        await Wait.UntilAsync(() => bench.Worker.InHand == 0, "it is done");
        Assert.Equal(0, bench.Worker.Kept);
        Assert.Single(bench.Link.Reports);
    }

    [Fact]
    [Trait("lesson", "9.5")]
    public async Task An_attempt_has_one_result_whatever_comes_after_it()
    {
        await using var bench = new Bench(options: options => options.KeepResults = false);
        bench.Link.Send(Bench.Request());
        await bench.Probe.StartsAsync();
        bench.Probe.End(ActionResult.Success(Value.Of(1)));
        await Wait.UntilAsync(() => bench.Worker.InHand == 0, "it is done");

        bench.Link.Cancel(Bench.Request());
        bench.Link.OnClaim = FakeLink.RefusedAsync;
        bench.Link.Send(Bench.Request());
        await Wait.UntilAsync(() => bench.Link.Acks == 2 && bench.Worker.InHand == 0, "the copy is dropped");

        Assert.Equal(SlotStatus.Completed, Assert.Single(bench.Link.Reports).Outcome.Status);
    }
}
