using Akka.Actor;
using Executor.Actors.Runs;
using Executor.Actors.Telemetry;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Telemetry;

/// <summary>What measuring and tracing cost while nobody listens: nothing listens in this process.</summary>
public sealed class UnheardTests
{
    private static readonly RunId Run = new("run-1");
    private static readonly Slot Slot = new("build", 1, Slot.NoItem, 1);

    [Fact]
    public void A_command_that_nobody_traces_allocates_nothing_for_it()
    {
        var trace = new RunTrace();
        var pending = new Pending(
            new RunCommand.FinishItem(Slot, new ItemOutcome(SlotStatus.Completed, Value.Null), DateTimeOffset.UnixEpoch),
            ActorRefs.Nobody);
        RunEffect send = new RunEffect.Send(
            new TaskRequest(
                DispatchId.Of(Run, Slot), Run, Slot, "w", "core.noop", Value.Map.Empty, "default", TimeSpan.FromSeconds(1)),
            Entry: 1);
        Decide(trace, pending, send);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < 1_000; time++)
        {
            Assert.Same(send, Decide(trace, pending, send));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void What_nobody_counts_allocates_nothing()
    {
        var (before, after) = (RunState.Initial(Run), RunState.Initial(Run));
        EngineMeter.Stored(0);

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < 1_000; time++)
        {
            EngineMeter.Advanced(before, after);
            EngineMeter.Stored(0);
            EngineMeter.Claim("granted");
            EngineMeter.Result("stored");
            EngineMeter.Renewal(running: true);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    [Fact]
    public void A_request_bears_the_trace_of_the_command_that_caused_it_also_where_nobody_listens()
    {
        const string cause = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var trace = new RunTrace();
        var pending = new Pending(new RunCommand.TimeUp(DateTimeOffset.UnixEpoch), ActorRefs.Nobody, Trace: cause);
        var (caused, other) = (Request(1), Request(2));

        var span = trace.Begin(Run, pending);
        trace.Decided(pending, span, Decision.Of([Dispatched(caused)]));

        Assert.Equal(cause, ((RunEffect.Send)trace.Caused(new RunEffect.Send(caused, 1))).Request.Trace);
        Assert.Null(((RunEffect.Send)trace.Caused(new RunEffect.Send(other, 1))).Request.Trace);
        Assert.Equal(cause, trace.Last);
        trace.EndEntry();
        Assert.Null(((RunEffect.Send)trace.Caused(new RunEffect.Send(caused, 1))).Request.Trace);
    }

    private static RunEffect Decide(RunTrace trace, in Pending pending, RunEffect send)
    {
        var span = trace.Begin(Run, pending);
        trace.Decided(pending, span, Decision.Nothing);
        var caused = trace.Caused(send);
        trace.EndEntry();
        return caused;
    }

    private static TaskRequest Request(int visit)
    {
        var slot = new Slot("build", visit, Slot.NoItem, 1);
        return new TaskRequest(
            DispatchId.Of(Run, slot), Run, slot, "w", "core.noop", Value.Map.Empty, "default", TimeSpan.FromSeconds(1));
    }

    private static RunEvent.Dispatched Dispatched(TaskRequest request) => new(
        request.Slot, request.Id, request.Action, request.Input, request.Pool, request.Timeout, DateTimeOffset.UnixEpoch,
        Idempotent: false, DateTimeOffset.UnixEpoch);
}
