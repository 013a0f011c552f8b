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

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    [Trait("lesson", "9.6")]
    public async Task A_run_that_is_away_for_half_a_minute_sees_its_message_a_few_times_and_has_it_acknowledged_once()
    {
        var (queue, plan, region) = (new InProcessQueue(), new FaultPlan(), CreateTestProbe());
        var token = new ClaimToken(RandomNumberGenerator.GetBytes(32));
        var stop = KillSwitches.Shared("test");
        var consumer = new CompletionConsumer(
            new FaultyResultQueue(queue, plan), new InMemoryGuard(TimeProvider.System), region, token,
            new CompletionOptions(8, Patience, Pause), Sys.Scheduler, Logging.GetLogger(Sys, "test"));
        var running = consumer.RunAsync(Sys.Materializer(), new Intake(), stop);
        var slot = new Slot("build", 1, 0, 1);
        var id = DispatchId.Of(new RunId("run-1"), slot);
        await queue.ReportAsync(
            new TaskResult(
                id, new RunId("run-1"), slot, new ItemOutcome(SlotStatus.Completed, Value.Null), "w", "c",
                token.For(id, "w", "c"), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch),
            CancellationToken.None);
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

                return plan.Calls.Contains("results.read.ack");
            },
            CancellationToken.None);

        Assert.InRange(deliveries, 5, 15);
        Assert.Single(plan.Calls, call => call == "results.read.ack");
        stop.Shutdown();
        await running;
    }
}
