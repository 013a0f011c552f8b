using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Actors.Tests.Messaging;

/// <summary>What every implementation promises about requests, from publishing to settling.</summary>
public abstract class TaskQueueContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Broker> OpenAsync();

    [Fact]
    public async Task Every_request_is_confirmed_and_arrives_unchanged()
    {
        await using var broker = await OpenAsync();
        await using var worker = Worker(broker);

        var confirmed = await broker.Tasks.PublishAsync(Sample.Requests(3), Never);

        Assert.Equal([true, true, true], confirmed);
        foreach (var expected in Sample.Requests(3))
        {
            var delivery = await worker.NextAsync();
            Assert.Equal(expected, delivery.Message);
            Assert.Equal(1, delivery.Deliveries);
        }
    }

    [Fact]
    public async Task A_request_brings_the_trace_of_its_cause()
    {
        await using var broker = await OpenAsync();
        await using var worker = Worker(broker);
        var traced = Sample.Request(1) with { Trace = Sample.Trace };

        await broker.Tasks.PublishAsync([traced], Never);

        Assert.Equal(traced, (await worker.NextAsync()).Message);
    }

    [Fact]
    public async Task A_request_goes_to_its_own_pool_only()
    {
        await using var broker = await OpenAsync();
        await using var linux = Worker(broker, "linux");
        await using var windows = Worker(broker, "windows");

        await broker.Tasks.PublishAsync([Sample.Request(1, "windows"), Sample.Request(2, "linux")], Never);

        Assert.Equal(Sample.Id(2), (await linux.NextAsync()).Message.Id);
        Assert.Equal(Sample.Id(1), (await windows.NextAsync()).Message.Id);
    }

    [Fact]
    public async Task An_acknowledged_request_never_comes_again()
    {
        await using var broker = await OpenAsync();
        await broker.Tasks.PublishAsync([Sample.Request(1)], Never);
        await using (var first = Worker(broker))
        {
            await (await first.NextAsync()).Ack();
        }

        await broker.Tasks.PublishAsync([Sample.Request(2)], Never);

        await using var second = Worker(broker);
        Assert.Equal(Sample.Id(2), (await second.NextAsync()).Message.Id);
    }

    [Fact]
    public async Task A_requeued_request_comes_again_and_counts()
    {
        await using var broker = await OpenAsync();
        await using var worker = Worker(broker);
        await broker.Tasks.PublishAsync([Sample.Request(1)], Never);

        await (await worker.NextAsync()).Requeue();

        var again = await worker.NextAsync();
        Assert.Equal(Sample.Request(1), again.Message);
        Assert.Equal(2, again.Deliveries);
    }

    [Fact]
    [Trait("lesson", "9.6")]
    public async Task A_request_that_keeps_coming_back_ends_in_the_dead_letters_after_six_deliveries()
    {
        await using var broker = await OpenAsync();
        await using var worker = Worker(broker);
        await using var dead = new Reading<Delivery<TaskRequest>>(broker.Tasks.DeadLettersAsync);
        await broker.Tasks.PublishAsync([Sample.Request(1)], Never);

        for (var delivery = 1; delivery <= 6; delivery++)
        {
            await (await worker.NextAsync()).Requeue();
        }

        Assert.Equal(Sample.Request(1), (await dead.NextAsync()).Message);
        await broker.Tasks.PublishAsync([Sample.Request(2)], Never);
        Assert.Equal(Sample.Id(2), (await worker.NextAsync()).Message.Id);
    }

    [Fact]
    [Trait("lesson", "9.8")]
    public async Task A_rejected_request_is_a_dead_letter_until_somebody_has_taken_note()
    {
        await using var broker = await OpenAsync();
        await using var worker = Worker(broker);
        await using var dead = new Reading<Delivery<TaskRequest>>(broker.Tasks.DeadLettersAsync);
        await broker.Tasks.PublishAsync([Sample.Request(1)], Never);

        await (await worker.NextAsync()).Reject("No such action.");

        await (await dead.NextAsync()).Requeue();
        var again = await dead.NextAsync();
        Assert.Equal(Sample.Request(1), again.Message);
        await again.Ack();
    }

    [Fact]
    [Trait("lesson", "10.2")]
    public async Task A_consumer_that_is_gone_leaves_its_unsettled_requests_to_the_others()
    {
        await using var broker = await OpenAsync();
        await broker.Tasks.PublishAsync(Sample.Requests(10), Never);
        await using (var dying = Worker(broker))
        {
            await dying.NextAsync(10);
        }

        await using var other = Worker(broker);

        var taken = await other.NextAsync(10);
        Assert.Equal(Sample.Requests(10), taken.Select(delivery => delivery.Message));
        Assert.All(taken, delivery => Assert.Equal(2, delivery.Deliveries));
    }

    [Fact]
    public async Task A_cancelled_consumer_gives_back_at_once_even_if_it_never_asks_again()
    {
        await using var broker = await OpenAsync();
        await broker.Tasks.PublishAsync([Sample.Request(1)], Never);
        await using var busy = Worker(broker);
        await busy.NextAsync();

        await busy.CancelAsync();

        await using var other = Worker(broker);
        Assert.Equal(Sample.Id(1), (await other.NextAsync()).Message.Id);
    }

    [Fact]
    public async Task No_consumer_has_more_in_hand_than_it_asked_for()
    {
        await using var broker = await OpenAsync();
        await using var worker = Worker(broker, prefetch: 2);
        await broker.Tasks.PublishAsync(Sample.Requests(3), Never);

        var taken = await worker.NextAsync(2);
        worker.Ask();
        Assert.True(worker.IsWaiting);
        await taken[0].Ack();

        Assert.Equal(Sample.Id(2), (await worker.NextAsync()).Message.Id);
    }

    [Fact]
    public async Task Competing_consumers_share_and_no_request_is_in_two_hands()
    {
        await using var broker = await OpenAsync();
        await using var one = Worker(broker, prefetch: 10);
        await using var two = Worker(broker, prefetch: 10);
        await broker.Tasks.PublishAsync(Sample.Requests(20), Never);

        var taken = (await Task.WhenAll(one.NextAsync(10), two.NextAsync(10))).SelectMany(some => some);

        Assert.Equal(20, taken.Select(delivery => delivery.Message.Id).Distinct().Count());
    }

    [Fact]
    [Trait("lesson", "10.3")]
    public async Task Workers_that_take_as_much_each_get_as_much_and_one_that_is_gone_gets_nothing()
    {
        await using var broker = await OpenAsync();
        await using var gone = Worker(broker, prefetch: 3);
        await broker.Tasks.PublishAsync([Sample.Request(100)], Never);
        await (await gone.NextAsync()).Ack();
        await gone.CancelAsync();
        await using var one = Worker(broker, prefetch: 3);
        await using var two = Worker(broker, prefetch: 3);
        await using var three = Worker(broker, prefetch: 3);
        await broker.Tasks.PublishAsync(Sample.Requests(9), Never);

        var taken = (await Task.WhenAll(one.NextAsync(3), two.NextAsync(3), three.NextAsync(3))).SelectMany(some => some);

        Assert.Equal(
            Sample.Requests(9).Select(request => request.Id.Text).Order(),
            taken.Select(delivery => delivery.Message.Id.Text).Order());
    }

    [Fact]
    public async Task A_delivery_is_settled_once()
    {
        await using var broker = await OpenAsync();
        await using var worker = Worker(broker);
        await broker.Tasks.PublishAsync([Sample.Request(1)], Never);
        var delivery = await worker.NextAsync();
        await delivery.Ack();

        await Assert.ThrowsAsync<InvalidOperationException>(() => delivery.Ack());
        await Assert.ThrowsAsync<InvalidOperationException>(() => delivery.Requeue());
        await Assert.ThrowsAsync<InvalidOperationException>(() => delivery.Reject("late"));
    }

    [Fact]
    public async Task What_has_gone_back_cannot_be_settled_by_its_old_holder()
    {
        await using var broker = await OpenAsync();
        await using var worker = Worker(broker);
        await broker.Tasks.PublishAsync([Sample.Request(1)], Never);
        var delivery = await worker.NextAsync();
        await worker.CancelAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => delivery.Ack());
    }

    [Fact]
    public async Task Requests_come_in_the_order_of_publishing()
    {
        await using var broker = await OpenAsync();
        await using var worker = Worker(broker);
        await broker.Tasks.PublishAsync(Sample.Requests(3), Never);

        var order = (await worker.NextAsync(3)).Select(delivery => delivery.Message.Id);
        Assert.Equal([Sample.Id(0), Sample.Id(1), Sample.Id(2)], order);
    }

    [Fact]
    [Trait("lesson", "9.3")]
    public async Task Each_kind_of_message_arrives_at_its_own_reader_and_none_is_a_dead_letter()
    {
        await using var broker = await OpenAsync();
        await using var worker = Worker(broker);
        await using var results = new Reading<Delivery<TaskResult>>(stop => broker.Results.ReadAsync(10, stop));
        await using var claims = new Reading<ClaimCall>(broker.Claims.ReadAsync);
        await using var cancels = new Reading<CancelRequest>(
            stop => broker.Worker.CancelsAsync("w1", ["default"], stop));
        await using var dead = new Reading<Delivery<TaskRequest>>(broker.Tasks.DeadLettersAsync);
        cancels.Ask();
        dead.Ask();
        await broker.ListeningAsync(1);

        await broker.Tasks.PublishAsync([Sample.Request(1)], Never);
        await broker.Worker.ReportAsync(Sample.Result(2), Never);
        await broker.Tasks.CancelAsync(Sample.Cancel(3), Never);
        var claim = broker.Worker.ClaimAsync(Sample.Claim(4), Never);

        Assert.Equal(Sample.Request(1), (await worker.NextAsync()).Message);
        Assert.Equal(Sample.Result(2), (await results.NextAsync()).Message);
        Assert.Equal(Sample.Cancel(3), await cancels.NextAsync());
        var call = Assert.IsType<ClaimCall.OfClaim>(await claims.NextAsync());
        Assert.Equal(Sample.Claim(4), call.Claim);
        await call.Reply(new ClaimAnswer.Refused(Sample.Id(4)));
        await claim;
        Assert.True(dead.IsWaiting);
    }

    private static Reading<Delivery<TaskRequest>> Worker(Broker broker, string pool = "default", int prefetch = 100) =>
        new(stop => broker.Worker.RequestsAsync(pool, prefetch, stop));
}
