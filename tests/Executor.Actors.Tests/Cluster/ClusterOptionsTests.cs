using System.ComponentModel.DataAnnotations;
using Executor.Actors.Cluster;

namespace Executor.Actors.Tests.Cluster;

public sealed class ClusterOptionsTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.5")]
    [InlineData("node1.example")]
    [InlineData("[::]")]
    public void A_node_that_others_can_reach_needs_a_certificate(string host)
    {
        var error = Assert.Throws<ValidationException>(() => new ClusterOptions { Host = host }.Check());

        Assert.Contains(host, error.Message, StringComparison.Ordinal);
        new ClusterOptions { Host = host, Certificate = "/node.pfx" }.Check();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    public void On_loopback_none_is_needed(string host) => new ClusterOptions { Host = host }.Check();

    [Fact]
    public void A_loopback_name_does_not_hide_an_open_bind_address() =>
        Assert.Throws<ValidationException>(() => new ClusterOptions { BindHost = "0.0.0.0" }.Check());

    [Theory]
    [InlineData("node1")]
    [InlineData("node1:")]
    [InlineData(":4053")]
    [InlineData("node1:0")]
    [InlineData("node1:99999")]
    [InlineData("node1:40x")]
    public void A_seed_that_is_no_address_is_named(string seed)
    {
        var error = Assert.Throws<ValidationException>(() => new ClusterOptions { Seeds = [seed] }.Check());

        Assert.Contains($"'{seed}'", error.Message, StringComparison.Ordinal);
    }
}
