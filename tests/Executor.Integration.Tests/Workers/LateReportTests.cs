using Executor.Actors.Tests.Engine;
using Executor.Actors.Tests.Messaging.Rabbit;
using Executor.Core.Values;
using Executor.Integration.Tests.Languages;
using Executor.Messaging;

namespace Executor.Integration.Tests.Workers;

/// <summary>A worker over the broker that is silent for longer than its lease, and then speaks.</summary>
public sealed class LateReportTests(LanguageWorld world) : IClassFixture<LanguageWorld>
{
    [Fact]
    [Trait("vector", "W32")]
    public async Task The_report_of_a_worker_that_was_declared_lost_changes_nothing_and_the_second_attempt_decides()
    {
        await using var messaging = await RabbitMessaging.ForWorkerAsync(
            world.WorkerOptions, [LanguageWorld.Pool], CancellationToken.None);
        await using var worker = new HandWorker(messaging.Link);
        var run = await world.StartRunAsync(
            """
            ref: test.late
            tasks:
              - {name: long, action: any.action, retry: {count: 1, delay: 0}}
            output_map: {attempt: "{{ task.long }}"}
            """);

        var first = await worker.TakeAsync();
        var second = await worker.TakeAsync();
        await worker.ReportAsync(first with { Outcome = first.Outcome with { Result = Value.Of(1) } });
        await RabbitServer.UntilAsync(async () => await LateAsync() == 1);
        await worker.ReportAsync(second with { Outcome = second.Outcome with { Result = Value.Of(2) } });
        var end = await world.Api.EndOfAsync(run);

        Assert.Equal(("completed", 2), ((string)end["status"]!, (int)end["output"]!["attempt"]!));
        Assert.Equal(
            [(1, "abandoned"), (2, "completed")],
            (await world.AttemptsAsync(run, "long")).Select(row => (row.Attempt, row.Status)));
    }

    /// <summary>Results that were recorded as late, as an operator sees them.</summary>
    private async Task<int> LateAsync() =>
        (await world.Api.Client.GetStringAsync("/metrics")).Split('\n').Count(
            line => line.StartsWith("executor_results_total{", StringComparison.Ordinal)
                && line.Contains("\"late\"", StringComparison.Ordinal));
}
