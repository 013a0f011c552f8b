using Executor.Core.Messages;
using Executor.Core.Workers;

namespace Executor.Core.Tests.Workers;

/// <summary>Who is there: by what was heard, and how long ago.</summary>
public sealed class WorkerRollTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_worker_that_falls_silent_is_late_then_gone_then_forgotten()
    {
        var roll = WorkerRoll.Empty.Hear(Beat("w1"), Noon);

        Assert.Equal(WorkerState.Alive, StateAt(roll, Every * 3));
        Assert.Equal(WorkerState.Late, StateAt(roll, Every * 3.1));
        Assert.Equal(WorkerState.Late, StateAt(roll, Every * 10));
        Assert.Equal(WorkerState.Gone, StateAt(roll, Every * 10.1));
        Assert.Equal(WorkerState.Gone, StateAt(roll, WorkerRoll.Remembered));
        Assert.Empty(roll.At(Noon + WorkerRoll.Remembered + Every));
    }

    [Fact]
    public void A_worker_that_is_heard_again_is_alive_again()
    {
        var roll = WorkerRoll.Empty.Hear(Beat("w1"), Noon).Hear(Beat("w1"), Noon + (Every * 20));

        Assert.Equal(WorkerState.Alive, StateAt(roll, Every * 21));
    }

    [Fact]
    public void A_worker_that_says_good_bye_is_gone_at_once()
    {
        var roll = WorkerRoll.Empty.Hear(Beat("w1"), Noon).Hear(Beat("w1") with { Leaving = true }, Noon);

        Assert.Equal(WorkerState.Gone, StateAt(roll, TimeSpan.Zero));
    }

    [Fact]
    public void The_last_words_of_a_process_do_not_speak_for_its_successor_of_the_same_name()
    {
        var successor = Beat("w1") with { StartedAt = Noon };
        var roll = WorkerRoll.Empty.Hear(Beat("w1"), Noon).Hear(successor, Noon)
            .Hear(Beat("w1") with { Leaving = true }, Noon);

        Assert.Equal(successor.StartedAt, Assert.Single(roll.At(Noon)).Said.StartedAt);
        Assert.Equal(WorkerState.Alive, StateAt(roll, Every));
    }

    [Fact]
    public void Workers_are_told_in_the_order_of_their_names()
    {
        var roll = new[] { "b", "a", "c" }.Aggregate(WorkerRoll.Empty, (now, name) => now.Hear(Beat(name), Noon));

        Assert.Equal(["a", "b", "c"], roll.At(Noon).Select(worker => worker.Said.Worker));
    }

    [Fact]
    public void A_full_roll_takes_newcomers_only_in_the_place_of_those_that_are_gone()
    {
        var full = Enumerable.Range(0, WorkerRoll.Most)
            .Aggregate(WorkerRoll.Empty, (now, number) => now.Hear(Beat($"w{number}"), Noon));

        Assert.Equal(WorkerRoll.Most, full.Hear(Beat("new"), Noon).At(Noon).Count);
        Assert.DoesNotContain(full.Hear(Beat("new"), Noon).At(Noon), worker => worker.Said.Worker == "new");
        Assert.Equal("new", Assert.Single(full.Hear(Beat("new"), Noon + (Every * 11)).At(Noon)).Said.Worker);
    }

    private static WorkerState StateAt(WorkerRoll roll, TimeSpan later) => Assert.Single(roll.At(Noon + later)).State;

    private static WorkerBeat Beat(string worker) => new(
        worker, ["default"], ["core.noop"], 10, 0, "1", "host", Noon - TimeSpan.FromHours(1), Every, Leaving: false);
}
