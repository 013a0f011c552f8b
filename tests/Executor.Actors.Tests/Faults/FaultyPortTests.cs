using Executor.Actors.Tests.Contracts;
using Executor.Actors.Tests.Messaging;
using Executor.Core;
using Executor.Core.Messages;
using Executor.Messaging;
using Request = Executor.Actors.Tests.Messaging.Sample;
using Row = Executor.Actors.Tests.Contracts.Sample;

namespace Executor.Actors.Tests.Faults;

/// <summary>The decorators reach every call of every port, and break it as its port would.</summary>
public sealed class FaultyPortTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task Every_call_of_every_store_can_fail_as_storage_does()
    {
        await using var stores = await Stores.InMemoryAsync();
        var first = new FaultPlan();
        foreach (var call in Calls(stores, first))
        {
            await call();
        }

        Assert.Equal(
            [
                "guard.reserve", "guard.sent", "guard.claim", "guard.renew", "guard.withdraw", "guard.expire",
                "guard.abandon", "guard.close", "guard.unclosed", "guard.unsend", "guard.rows", "executions.write",
                "executions.runs", "executions.run", "executions.slots", "catalog.store", "catalog.source", "due.step",
                "due.due",
            ],
            first.Calls);
        foreach (var name in first.Calls)
        {
            var plan = new FaultPlan().At(name, 1, new Fault.FailBefore());
            var calls = Calls(stores, plan).ToArray();
            var failing = calls[first.Calls.ToList().IndexOf(name)];
            await Assert.ThrowsAsync<StorageException>(failing);
        }
    }

    [Fact]
    public async Task A_claim_of_unknown_fate_is_granted_to_its_repetition()
    {
        await using var stores = await Stores.InMemoryAsync();
        var guard = new FaultyGuard(stores.Guard, new FaultPlan().At("guard.claim", 1, new Fault.FailAfter()));
        await guard.ReserveAsync(Row.Reservations(1), Never);

        await Assert.ThrowsAsync<StorageException>(() => guard.GrantsAsync([Row.Claim(0)], Row.Lease, Never));

        Assert.Equal([false], await guard.GrantsAsync([Row.Claim(0, "other")], Row.Lease, Never));
        Assert.Equal([true], await guard.GrantsAsync([Row.Claim(0)], Row.Lease, Never));
    }

    [Fact]
    public async Task A_publishing_that_fails_afterwards_has_gone_out()
    {
        var queue = new InProcessQueue();
        var tasks = new FaultyTaskQueue(queue, new FaultPlan().At(1, new Fault.FailAfter()));

        await Assert.ThrowsAsync<IOException>(() => tasks.PublishAsync(Request.Requests(2), Never));

        Assert.Equal(2, queue.Waiting("default"));
    }

    [Fact]
    public async Task A_duplicated_message_comes_twice_and_is_settled_by_its_first_copy()
    {
        var queue = new InProcessQueue();
        var plan = new FaultPlan().At("results.read", 1, new Fault.Duplicate());
        var results = new FaultyResultQueue(queue, plan);
        await queue.ReportAsync(Request.Result(1), Never);
        await queue.ReportAsync(Request.Result(2), Never);
        await using var reader = new Reading<Delivery<TaskResult>>(stop => results.ReadAsync(9, stop));

        var deliveries = await reader.NextAsync(3);
        foreach (var delivery in deliveries)
        {
            await delivery.Ack();
        }

        Assert.Equal([Request.Id(1), Request.Id(1), Request.Id(2)], deliveries.Select(one => one.Message.Id));
        Assert.Equal(["results.read", "results.read", "results.read.ack", "results.read.ack"], plan.Calls);
    }

    [Fact]
    public async Task A_stream_that_breaks_before_a_message_leaves_it_to_the_next_reader()
    {
        var queue = new InProcessQueue();
        var results = new FaultyResultQueue(queue, new FaultPlan().At("results.read", 1, new Fault.FailBefore()));
        await queue.ReportAsync(Request.Result(1), Never);

        await Assert.ThrowsAsync<IOException>(() => FirstAsync(results));

        Assert.Equal(Request.Id(1), (await FirstAsync(results)).Message.Id);
    }

    [Fact]
    public async Task A_settling_that_fails_beforehand_has_not_happened()
    {
        var queue = new InProcessQueue();
        var results = new FaultyResultQueue(queue, new FaultPlan().At("results.read.ack", 1, new Fault.FailBefore()));
        await queue.ReportAsync(Request.Result(1), Never);
        await using (var reader = new Reading<Delivery<TaskResult>>(stop => results.ReadAsync(9, stop)))
        {
            var delivery = await reader.NextAsync();
            await Assert.ThrowsAsync<IOException>(delivery.Ack);
        }

        Assert.Equal(2, (await FirstAsync(results)).Deliveries);
    }

    [Fact]
    public async Task A_claim_whose_reply_is_lost_may_be_answered_again()
    {
        var queue = new InProcessQueue();
        var plan = new FaultPlan().At("claims.reply", 1, new Fault.FailBefore());
        var claims = new FaultyClaimQueue(queue, plan);
        await using var desk = new Reading<ClaimCall>(claims.ReadAsync);
        var asked = queue.ClaimAsync(Request.Claim(1), Never);
        var call = Assert.IsType<ClaimCall.OfClaim>(await desk.NextAsync());

        await Assert.ThrowsAsync<IOException>(() => call.Reply(new ClaimAnswer.Refused(Request.Id(1))));
        Assert.False(asked.IsCompleted);
        await call.Reply(new ClaimAnswer.Refused(Request.Id(1)));

        Assert.IsType<ClaimAnswer.Refused>(await asked);
    }

    [Fact]
    public async Task A_worker_whose_link_is_silent_gets_a_timeout()
    {
        var plan = new FaultPlan().At(1, new Fault.FailBefore()).At(2, new Fault.FailBefore());
        var link = new FaultyWorkerLink(new InProcessQueue(), plan);

        await Assert.ThrowsAsync<TimeoutException>(() => link.ClaimAsync(Request.Claim(1), Never));
        await Assert.ThrowsAsync<TimeoutException>(
            () => link.RenewAsync(new Renewal(Request.Id(1), "w1", "c1"), Never));
    }

    [Fact]
    public async Task A_worker_sees_requests_and_cancels_under_the_plan()
    {
        var queue = new InProcessQueue();
        var plan = new FaultPlan().At("worker.cancels", 1, new Fault.Duplicate());
        var link = new FaultyWorkerLink(queue, plan);
        await queue.PublishAsync(Request.Requests(1), Never);
        await queue.CancelAsync(Request.Cancel(0), Never);
        await using var requests = new Reading<Delivery<TaskRequest>>(stop => link.RequestsAsync("default", 1, stop));
        await using var cancels = new Reading<CancelRequest>(stop => link.CancelsAsync("w1", ["default"], stop));

        await (await requests.NextAsync()).Ack();
        await cancels.NextAsync(2);
        await link.ReportAsync(Request.Result(0), Never);

        Assert.Equal(
            ["worker.cancels", "worker.report", "worker.requests", "worker.requests.ack"], plan.Calls.Order());
    }

    private static async Task<Delivery<TaskResult>> FirstAsync(FaultyResultQueue results)
    {
        await using var reader = results.ReadAsync(9, Never).GetAsyncEnumerator(Never);
        Assert.True(await reader.MoveNextAsync());
        return reader.Current;
    }

    private static IEnumerable<Func<Task>> Calls(Stores stores, FaultPlan plan)
    {
        var guard = new FaultyGuard(stores.Guard, plan);
        var executions = new FaultyExecutions(stores.Executions, plan);
        var catalog = new FaultyCatalog(stores.Catalog, plan);
        var due = new FaultyDueTimes(stores.DueTimes, plan);
        return
        [
            () => guard.ReserveAsync(Row.Reservations(1), Never),
            () => guard.MarkSentAsync([Row.Id(0)], Never),
            () => guard.GrantsAsync([Row.Claim(0)], Row.Lease, Never),
            () => guard.RenewAsync([Row.Renewal(0)], Row.Lease, Never),
            () => guard.WithdrawAsync([Row.Withdrawal(0)], Never),
            () => guard.ExpireAsync(1, Never),
            () => guard.AbandonRunningAsync(1, Never),
            () => guard.CloseAsync([Row.Closing(0)], Never),
            () => guard.UnclosedEndsAsync(0, 1, Never),
            () => guard.UnsendStaleAsync(Row.Lease, 1, Never),
            () => guard.RowsAsync(Row.Run, Never),
            () => executions.WriteAsync([], [], Never),
            () => executions.RunsAsync(new RunQuery(1), Never),
            () => executions.RunAsync(Row.Run, Never),
            () => executions.ExecutionsAsync(Row.Run, Never),
            () => catalog.StoreAsync("h", "r", "s", Never),
            () => catalog.SourceAsync("h", Never),
            () => due.StepAsync([], Never),
            () => due.DueAsync(Stores.Noon, null, 1, Never),
        ];
    }
}
