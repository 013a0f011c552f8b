using CsCheck;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs.Dues;

public sealed class DueHoldTests
{
    private static readonly DateTimeOffset Now = Scenario.Begin;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly DateTimeOffset Near = Now + Patience;
    private static readonly RunState Started = Scenario.Of("tasks: [{name: a, action: core.noop}]").Run;
    private static readonly RunState New = RunState.Initial(Started.Id);
    private static readonly DateTimeOffset Far = Started.NextDue!.Value;
    private readonly DueHold _hold = new(Started.Id, "me", Patience);

    [Fact]
    public void While_the_time_is_far_away_nothing_can_be_stored_whatever_happens_in_three_places()
    {
        var (far, dropped, stored) = (0, 0, 0);
        Gen.Select(Gen.Int[0, Incarnations.Places - 1], Gen.Int[0, 14]).Array[0, 80].Sample(
            moves =>
            {
                var run = new Incarnations();
                foreach (var (place, move) in moves)
                {
                    run.Move(place, move > 10 ? move - 11 : move);
                    Assert.Null(run.Wrong());
                    far += run.IsFar ? 1 : 0;
                    dropped += run.IsDropped ? 1 : 0;
                }

                stored += run.Entries;
            },
            iter: 400_000,
            threads: 1);

        Assert.True(
            far > 10_000 && dropped > 10_000 && stored > 10_000,
            $"{far} moments with a far time, {dropped} without a row, {stored} entries: nothing was tried");
    }

    [Fact]
    public void The_first_entry_needs_no_hold_and_every_later_one_does()
    {
        Assert.True(_hold.MayStore(0, Now));
        Assert.False(_hold.MayStore(1, Now));

        Assert.Equal(new DueStep.Take(Started.Id, "me", Near), Ask(Started));
        Assert.False(_hold.MayStore(1, Now));
    }

    [Fact]
    public void Whoever_takes_the_row_from_nobody_is_the_last_that_writes()
    {
        Answer(Take(Started), new DueRow(Near, null, 0));

        Assert.True(_hold.MayStore(1, Now));
        Assert.Null(Ask(Started));
        Assert.Equal(new DueStep.Move(Started.Id, "me", Far), Ask(Started, Near));
    }

    [Fact]
    public void Whoever_takes_it_from_another_proves_first_that_nobody_else_writes()
    {
        Answer(Take(Started), new DueRow(Near, "another", 0));
        Assert.True(_hold.Next(Started, isKnown: true, isStoring: false, Near).WantsProof);

        _hold.Stored(2);

        Assert.Equal(new DueStep.Move(Started.Id, "me", Far), Ask(Started.EndEntry(), Near));
    }

    [Fact]
    public void Before_an_entry_is_stored_a_time_that_is_far_away_comes_near()
    {
        Answer(Take(Started), new DueRow(Near, null, 0));
        var away = Ask(Started, Near)!;
        Assert.False(_hold.MayStore(1, Near));
        Answer(away, new DueRow(Near, "me", 0));
        Assert.False(_hold.MayStore(1, Near));

        var back = _hold.Next(Started, isKnown: true, isStoring: true, Near).Step!;

        Assert.Equal(new DueStep.Move(Started.Id, "me", Near + Patience), back);
        Assert.False(_hold.MayStore(1, Near));
        Answer(back, new DueRow(Far, "me", 0));
        Assert.True(_hold.MayStore(1, Near));
    }

    [Fact]
    public void Something_that_the_guard_does_not_know_keeps_the_time_near()
    {
        Answer(Take(Started), new DueRow(Near, null, 0));

        Assert.Equal(
            new DueStep.Move(Started.Id, "me", Near + Patience),
            _hold.Next(Started, isKnown: false, isStoring: false, Near).Step);
    }

    [Fact]
    public void Who_is_woken_before_its_time_looks_whether_it_still_holds_the_row()
    {
        Answer(Take(Started), new DueRow(Near, null, 0));
        Answer(Ask(Started, Near)!, new DueRow(Near, "me", 0));

        Assert.Null(_hold.Doubt());
        var look = Ask(Started, Near)!;

        Assert.Equal(new DueStep.Move(Started.Id, "me", Far), look);
        Assert.False(_hold.Hear(look, new DueRow(Far, "another", 0)));
    }

    [Fact]
    public void A_row_that_was_let_go_with_a_longer_journal_is_news()
    {
        Assert.False(_hold.Hear(Take(Started), new DueRow(Near, null, Started.Entries + 1)));
    }

    [Fact]
    public void An_answer_that_is_lost_is_asked_for_again_and_counts_once()
    {
        var first = Take(Started);
        var again = _hold.Doubt();
        Assert.Equal(first, again);

        Answer(first, new DueRow(Near, null, 0));
        Assert.False(_hold.MayStore(1, Now));
        Answer(again, new DueRow(Near, "me", 0));

        Assert.True(_hold.MayStore(1, Now));
        Assert.True(_hold.Next(Started, isKnown: true, isStoring: false, Near).WantsProof);
    }

    [Fact]
    public void Who_lets_go_in_order_leaves_the_right_time_and_the_length_of_its_journal()
    {
        Answer(Take(Started), new DueRow(Near, null, 0));

        Assert.Equal(
            new DueStep.Release(Started.Id, "me", Far, Started.Entries), _hold.Release(Started, isKnown: true, Now));
        Assert.False(_hold.MayStore(1, Now));
        Assert.Null(_hold.Release(Started, isKnown: true, Now));
    }

    [Fact]
    public void Who_may_not_be_the_last_that_writes_leaves_the_row_as_it_is()
    {
        Answer(Take(Started), new DueRow(Near, "another", 0));

        Assert.Null(_hold.Release(Started, isKnown: true, Now));
    }

    [Fact]
    public void A_run_that_has_ended_is_due_at_once_and_no_more_is_done_about_it()
    {
        var ended = Started with { EndedAt = Now };
        Answer(Take(Started), new DueRow(Near, null, 0));

        var now = Ask(ended)!;

        Assert.Equal(new DueStep.Move(Started.Id, "me", Now), now);
        Answer(now, new DueRow(Near, "me", 0));
        Assert.Null(Ask(ended, Near));
    }

    [Fact]
    public void A_row_without_a_run_goes_when_no_start_can_be_stored_any_more_and_comes_back_before_one_is()
    {
        Assert.Null(Ask(New));
        _hold.Drop();
        Answer(Take(New), new DueRow(Now, null, 0));
        Assert.True(_hold.Next(New, isKnown: true, isStoring: false, Now).WantsProof);
        _hold.Stored(1);
        var proven = New.EndEntry();
        var drop = Ask(proven);
        Assert.Equal(new DueStep.Drop(Started.Id, "me"), drop);
        Assert.False(_hold.MayStore(1, Now));
        Answer(drop, new DueRow(Near, "me", 0));
        Assert.False(_hold.IsDropping);
        Assert.False(_hold.MayStore(1, Now));
        Assert.Null(Ask(proven));

        var back = _hold.Next(proven, isKnown: true, isStoring: true, Now).Step!;

        Assert.Equal(new DueStep.Take(Started.Id, "me", Near), back);
        Answer(back, null);
        Assert.True(_hold.MayStore(1, Now));
    }

    [Fact]
    public void A_start_that_comes_while_its_row_is_on_its_way_out_is_stored_under_the_hold()
    {
        _hold.Drop();
        Assert.False(_hold.MayStore(0, Now));
        Answer(Take(New), new DueRow(Now, null, 0));

        Assert.True(_hold.MayStore(0, Now));
        Assert.Null(_hold.Next(New, isKnown: true, isStoring: true, Now).Step);
    }

    [Fact]
    public void Who_leaves_an_unstarted_run_leaves_its_row()
    {
        _hold.Drop();
        Answer(Take(New), new DueRow(Now, null, 0));
        _hold.Stored(1);

        Assert.Null(_hold.Release(New.EndEntry(), isKnown: true, Now));
    }

    private DueStep? Ask(RunState state, DateTimeOffset? now = null) =>
        _hold.Next(state, isKnown: true, isStoring: false, now ?? Now).Step;

    private DueStep.Take Take(RunState state) => Assert.IsType<DueStep.Take>(Ask(state));

    private void Answer(DueStep? step, DueRow? before) => Assert.True(step is null || _hold.Hear(step, before));
}
