using Executor.Host.Serving;

namespace Executor.Integration.Tests.Serving;

/// <summary>What a node says of itself to whoever sends it calls.</summary>
public sealed class ReadyTests
{
    [Theory]
    [InlineData("up", true, true)]
    [InlineData("none", true, true)]
    [InlineData("up", false, false)]
    [InlineData("joining", true, false)]
    [InlineData("leaving", true, false)]
    public void It_is_ready_as_a_member_with_its_storage_in_reach(string cluster, bool storage, bool isReady) =>
        Assert.Equal(isReady, Ready.Of(cluster, storage, new BrokerLook(true, [])).IsReady);

    [Fact]
    public void A_queue_that_answers_nothing_is_named_and_the_node_stays_ready_for_all_else()
    {
        var ready = Ready.Of("up", isStorageReachable: true, new BrokerLook(true, ["executor.tasks.stuck"]));

        Assert.True(ready.IsReady);
        Assert.Equal("reachable", ready.Broker);
        Assert.Equal(["executor.tasks.stuck"], ready.SilentQueues);
    }

    [Fact]
    public void A_node_whose_broker_is_away_is_ready_and_says_so()
    {
        var ready = Ready.Of("up", isStorageReachable: true, new BrokerLook(false, []));

        Assert.True(ready.IsReady);
        Assert.Equal("unreachable", ready.Broker);
    }

    [Fact]
    public void A_server_of_its_own_has_no_broker() =>
        Assert.Equal("none", Ready.Of("none", isStorageReachable: true, broker: null).Broker);
}
