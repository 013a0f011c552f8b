using Executor.Messaging.Amqp;
using Executor.Messaging.Rabbit;
using Microsoft.Extensions.Time.Testing;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>When a queue counts as silent.</summary>
public sealed class SilenceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly PublishOutcome Lost = new PublishOutcome.Unknown("No confirm.");
    private readonly FakeTimeProvider _time = new();
    private readonly Silence _silence;

    public SilenceTests() => _silence = new Silence(_time, Patience);

    [Fact]
    public void A_queue_that_answers_nothing_for_as_long_as_allowed_is_silent_until_it_answers()
    {
        _silence.Sent();
        Assert.False(IsSilentAfter(Patience - TimeSpan.FromSeconds(1)));
        Assert.True(IsSilentAfter(TimeSpan.FromSeconds(1)));

        _silence.Ended(PublishOutcome.Confirmed.Instance);

        Assert.False(IsSilentAfter(TimeSpan.Zero));
    }

    [Fact]
    public void What_was_lost_sight_of_was_not_answered_and_sending_again_does_not_begin_anew()
    {
        _silence.Sent();
        Assert.False(IsSilentAfter(Patience / 2));
        _silence.Ended(Lost);
        _silence.Sent();

        Assert.True(IsSilentAfter(Patience / 2));
    }

    [Fact]
    public void An_answer_to_one_message_is_an_answer_though_others_wait_and_so_is_a_no()
    {
        _silence.Sent();
        _silence.Sent();
        Assert.False(IsSilentAfter(Patience / 2));
        _silence.Ended(new PublishOutcome.Rejected("Full."));

        Assert.False(IsSilentAfter(Patience / 2));
        Assert.True(IsSilentAfter(Patience / 2));
    }

    [Fact]
    public void A_queue_that_was_sent_nothing_is_not_silent()
    {
        Assert.False(IsSilentAfter(10 * Patience));
        _silence.Sent();
        _silence.Ended(PublishOutcome.Confirmed.Instance);
        Assert.False(IsSilentAfter(10 * Patience));
    }

    [Fact]
    public void Nothing_is_said_of_a_queue_whose_broker_is_away()
    {
        _silence.Sent();
        _time.Advance(Patience);
        _silence.Look(isHeard: false);

        Assert.False(IsSilentAfter(Patience / 2));
        Assert.True(IsSilentAfter(Patience / 2));
    }

    [Fact]
    public void It_is_unused_once_nothing_is_on_its_way_and_nothing_was_sent_for_long()
    {
        _silence.Sent();
        _time.Advance(Patience);
        Assert.False(_silence.IsUnused(Patience));

        _silence.Ended(Lost);

        Assert.True(_silence.IsUnused(Patience));
        Assert.False(_silence.IsUnused(2 * Patience));
    }

    private bool IsSilentAfter(TimeSpan more)
    {
        _time.Advance(more);
        _silence.Look(isHeard: true);
        return _silence.IsTooLong;
    }
}
