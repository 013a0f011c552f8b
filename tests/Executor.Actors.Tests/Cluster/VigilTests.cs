using Executor.Actors.Cluster;
using Executor.Core;

namespace Executor.Actors.Tests.Cluster;

/// <summary>When a node founds a cluster, and when it does not.</summary>
public sealed class VigilTests
{
    private const int Patience = 4;
    private readonly Vigil _vigil = new("me", hasOthers: true, Patience);

    [Fact]
    public void Where_there_is_none_it_founds_one() => Assert.Equal(VigilStep.Found, _vigil.Next(null));

    [Fact]
    public void As_long_as_the_beat_moves_now_and_then_it_asks_and_founds_none()
    {
        for (var look = 0; look < 100 * Patience; look++)
        {
            Assert.Equal(VigilStep.Ask, _vigil.Next(Of(beat: look / Patience)));
        }
    }

    [Fact]
    public void When_the_beat_stands_still_for_long_it_founds_one() => Assert.Equal(Patience, AsksUntilItFounds(_vigil));

    [Fact]
    public void Another_cluster_with_the_same_beat_is_alive()
    {
        AsksUntilItFounds(_vigil);

        Assert.Equal(VigilStep.Ask, _vigil.Next(Of(beat: 7) with { Id = "next" }));
    }

    [Fact]
    public void A_beat_that_could_not_be_seen_may_have_stood_still_because_nobody_reached_the_database()
    {
        for (var look = 0; look < Patience; look++)
        {
            _vigil.Next(Of(beat: 7));
        }

        _vigil.Miss();

        Assert.Equal(Patience, AsksUntilItFounds(_vigil));
    }

    [Fact]
    public void The_only_member_that_crashed_is_back_at_once()
    {
        Assert.Equal(VigilStep.Found, _vigil.Next(Of(beat: 7) with { Alone = "me" }));
        Assert.Equal(VigilStep.Ask, _vigil.Next(Of(beat: 7) with { Alone = "somebody" }));
    }

    [Fact]
    public void Without_anybody_to_ask_it_gives_up_before_a_living_cluster_and_waits_for_a_dead_one()
    {
        var lonely = new Vigil("me", hasOthers: false, Patience);

        Assert.Equal(Patience, AsksUntilItFounds(lonely));
        Assert.Equal(VigilStep.Refuse, lonely.Next(Of(beat: 8)));
    }

    private static int AsksUntilItFounds(Vigil vigil)
    {
        var asks = 0;
        while (vigil.Next(Of(beat: 7)) == VigilStep.Ask)
        {
            asks++;
        }

        return asks;
    }

    private static Charter Of(long beat) => new("cluster", beat, null);
}
