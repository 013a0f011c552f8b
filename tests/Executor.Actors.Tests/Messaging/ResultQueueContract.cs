using Executor.Core.Messages;

namespace Executor.Actors.Tests.Messaging;

/// <summary>What every implementation promises about results.</summary>
public abstract class ResultQueueContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Broker> OpenAsync();

    [Fact]
    public async Task A_reported_result_arrives_unchanged()
    {
        await using var broker = await OpenAsync();
        await using var reader = Reader(broker);

        await broker.Worker.ReportAsync(Sample.Result(1), Never);

        Assert.Equal(Sample.Result(1), (await reader.NextAsync()).Message);
    }

    [Fact]
    public async Task A_result_brings_the_trace_of_its_work()
    {
        await using var broker = await OpenAsync();
        await using var reader = Reader(broker);
        var traced = Sample.Result(1) with { Trace = Sample.Trace };

        await broker.Worker.ReportAsync(traced, Never);

        Assert.Equal(traced, (await reader.NextAsync()).Message);
    }

    [Fact]
    public async Task A_result_reported_twice_comes_twice()
    {
        await using var broker = await OpenAsync();
        await using var reader = Reader(broker);

        await broker.Worker.ReportAsync(Sample.Result(1), Never);
        await broker.Worker.ReportAsync(Sample.Result(1), Never);

        Assert.All(await reader.NextAsync(2), delivery => Assert.Equal(Sample.Id(1), delivery.Message.Id));
    }

    [Fact]
    [Trait("lesson", "9.7")]
    public async Task A_result_comes_back_however_often_it_is_returned()
    {
        await using var broker = await OpenAsync();
        await using var reader = Reader(broker);
        await broker.Worker.ReportAsync(Sample.Result(1), Never);

        for (var time = 0; time < 50; time++)
        {
            await (await reader.NextAsync()).Requeue();
        }

        await (await reader.NextAsync()).Ack();
    }

    [Fact]
    [Trait("lesson", "9.7")]
    public async Task Results_in_the_hands_of_a_lost_reader_go_to_the_next()
    {
        await using var broker = await OpenAsync();
        await broker.Worker.ReportAsync(Sample.Result(1), Never);
        await broker.Worker.ReportAsync(Sample.Result(2), Never);
        await using (var lost = Reader(broker))
        {
            await lost.NextAsync(2);
        }

        await using var next = Reader(broker);

        var ids = (await next.NextAsync(2)).Select(delivery => delivery.Message.Id);
        Assert.Equal([Sample.Id(1), Sample.Id(2)], ids);
    }

    [Fact]
    public async Task A_rejected_result_does_not_come_again()
    {
        await using var broker = await OpenAsync();
        await using var reader = Reader(broker);
        await broker.Worker.ReportAsync(Sample.Result(1), Never);
        await (await reader.NextAsync()).Reject("No token.");

        await broker.Worker.ReportAsync(Sample.Result(2), Never);

        Assert.Equal(Sample.Id(2), (await reader.NextAsync()).Message.Id);
    }

    private static Reading<Delivery<TaskResult>> Reader(Broker broker) =>
        new(stop => broker.Results.ReadAsync(100, stop));
}
