using System.Security.Cryptography;
using Akka.Event;
using Akka.Streams;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Executor.Actors.Claims;
using Executor.Actors.Completions;
using Executor.Actors.Runs;
using Executor.Actors.Streams;
using Executor.Actors.Tests.Engine;
using Executor.Actors.Tests.Fakes;
using Executor.Actors.Tests.Faults;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;
using Executor.Messaging;

namespace Executor.Actors.Tests.Completions;

/// <summary>The consumer alone, with a run that takes its time.</summary>
public sealed class CompletionConsumerTests() : TestKit(VirtualTime.Settings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly Slot Slot = new("build", 1, 0, 1);

    private readonly InProcessQueue _queue = new();
    private readonly FaultPlan _plan = new();
    private readonly ClaimToken _token = new(RandomNumberGenerator.GetBytes(32));
    private readonly SharedKillSwitch _stop = KillSwitches.Shared("test");

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    [Trait("lesson", "9.6")]
    public async Task A_run_that_is_away_for_half_a_minute_sees_its_message_a_few_times_and_has_it_acknowledged_once()
    {
        var region = CreateTestProbe();
        var running = Consume(region);
        await ReportAsync();
        var (back, deliveries) = (Clock.Now + TimeSpan.FromSeconds(30), 0);
        await Eventually.IsAsync(
            () =>
            {
                Clock.Advance(Pause / 5);
                if (region.HasMessages)
                {
                    region.ExpectMsg<ForRun>();
                    region.Reply(Clock.Now < back ? Postponed.Now : new Accepted(null, SlotStatus.Completed));
                    deliveries++;
                }

                return _plan.Calls.Contains("results.read.ack");
            },
            CancellationToken.None);

        Assert.InRange(deliveries, 5, 10);
        Assert.Single(_plan.Calls, call => call == "results.read.ack");
        _stop.Shutdown();
        await running;
    }

    [Fact]
    [Trait("vector", "W32")]
    public async Task A_result_of_an_attempt_that_ended_otherwise_before_is_recorded_as_late_and_acknowledged()
    {
        var (region, log) = (CreateTestProbe(), CreateTestProbe());
        Sys.EventStream.Subscribe(log, typeof(Info));
        var running = Consume(region);
        await ReportAsync();

        region.ExpectMsg<ForRun>();
        region.Reply(new Accepted(null, SlotStatus.Abandoned));

        var late = log.FishForMessage<Info>(
            info => info.Message.ToString()!.StartsWith("result.late", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60));
        Assert.Equal(
            $"result.late: worker w told that {Slot} of run run-1 is completed, but it had ended before and stays abandoned",
            late.Message.ToString());
        await Eventually.IsAsync(() => _plan.Calls.Contains("results.read.ack"), CancellationToken.None);
        _stop.Shutdown();
        await running;
    }

    private Task Consume(TestProbe region) =>
        new CompletionConsumer(
            new FaultyResultQueue(_queue, _plan), new InMemoryGuard(TimeProvider.System), region, _token,
            new CompletionOptions(8, Patience, Pause), Sys.Scheduler, Logging.GetLogger(Sys, "test"))
        .RunAsync(Sys.Materializer(), new Intake(), _stop);

    private Task ReportAsync()
    {
        var id = DispatchId.Of(new RunId("run-1"), Slot);
        return _queue.ReportAsync(
            new TaskResult(
                id, new RunId("run-1"), Slot, new ItemOutcome(SlotStatus.Completed, Value.Null), "w", "c",
                _token.For(id, "w", "c"), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch),
            CancellationToken.None);
    }
}
