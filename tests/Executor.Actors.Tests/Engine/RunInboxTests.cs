using Akka.Actor;
using Executor.Actors.Runs;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>However often a queue brings the same end while a run can decide nothing, it waits once.</summary>
public sealed class RunInboxTests
{
    private readonly RunInbox _inbox = new();

    [Fact]
    public void An_end_that_waits_already_is_decided_once_and_all_who_asked_are_answered()
    {
        Give(EndOf(0));
        Give(EndOf(1));
        for (var times = 0; times < 1_000; times++)
        {
            Give(EndOf(0));
        }

        Assert.True(_inbox.TryNext(0, out var first));
        Assert.Equal(1_001, first.Askers.Count());
        Assert.True(_inbox.TryNext(0, out var second));
        Assert.Single(second.Askers);
        Assert.True(_inbox.IsEmpty);
    }

    [Fact]
    public void One_that_comes_while_the_first_is_decided_waits_for_itself()
    {
        Give(EndOf(0));
        Assert.True(_inbox.TryNext(0, out _));

        Give(EndOf(0));

        Assert.False(_inbox.IsEmpty);
        Assert.Equal(2, _inbox.TakeUnanswered().Count);
    }

    [Fact]
    public void What_is_put_back_keeps_those_who_asked_and_others_still_join_them()
    {
        Give(EndOf(0));
        Give(EndOf(0));
        Assert.True(_inbox.TryNext(0, out _));
        _inbox.PutBack();
        Give(EndOf(0));

        var waiting = Assert.Single(_inbox.TakeUnanswered());

        Assert.Equal(3, waiting.Askers.Count());
    }

    [Fact]
    public void Other_commands_wait_as_they_come()
    {
        var timeUp = new Pending(new RunCommand.TimeUp(DateTimeOffset.UnixEpoch), ActorRefs.Nobody);

        Give(timeUp);
        Give(timeUp);

        Assert.Equal(2, _inbox.TakeUnanswered().Count);
    }

    private static Pending EndOf(int item) => new(
        new RunCommand.FinishItem(
            new Slot("t", 1, item, 1), new ItemOutcome(SlotStatus.Completed, Value.Null), DateTimeOffset.UnixEpoch),
        ActorRefs.Nobody);

    /// <summary>As a run does.</summary>
    private void Give(Pending pending)
    {
        if (!_inbox.TryJoin(pending))
        {
            _inbox.Add(pending);
        }
    }
}
