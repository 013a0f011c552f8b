using Akka.Actor;
using Executor.Actors.Recovery;
using Executor.Actors.Runs;
using Executor.Actors.Tests.Faults;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>What comes for a run while it reads its journal, and cannot.</summary>
public sealed class UnheardTests : RunFixture
{
    private static readonly RunId Run = new("run-1");
    private static readonly Slot First = new("process_items", 1, 0, 1);

    public UnheardTests() => Sys.ActorOf(Props.Create(() => new Unheard()));

    [Fact]
    [Trait("fault", "F12")]
    public async Task Its_sender_is_told_at_once_to_send_it_again()
    {
        var (reading, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        Plan.At("journal.write", 2, new Fault.FailAfter());
        Plan.At("journal.highest", 2, new Fault.Delay(() =>
        {
            reading.SetResult();
            return released.Task;
        }));
        // An empty journal is not read at all.
        Plan.At("journal.read", 1, new Fault.FailBefore());
        Start(Run);
        Finish(Run, First);
        await ExpectMsgAsync<Postponed>();
        await reading.Task;
        Finish(Run, First);
        await HandedOnAsync();

        released.SetResult();

        await ExpectMsgAsync<Postponed>();
        Finish(Run, First);
        Assert.Equal(SlotStatus.Completed, (await ExpectMsgAsync<Accepted>()).Ended);
    }
}
