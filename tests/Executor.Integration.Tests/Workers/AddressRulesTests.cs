using System.Net;
using Executor.Worker;
using Executor.Worker.Runners.Http;

namespace Executor.Integration.Tests.Workers;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("93.184.216.34")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::101:101")]
    [InlineData("2002:101:101::1")]
    public void A_public_address_is_allowed(string address) => Assert.True(Allows(new HttpOptions(), address));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.0.9")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    public void Any_other_address_is_refused(string address) => Assert.False(Allows(new HttpOptions(), address));

    [Fact]
    public void Loopback_private_and_named_networks_are_opened_one_by_one()
    {
        var loopback = new HttpOptions { AllowLoopback = true };
        Assert.True(Allows(loopback, "127.0.0.1") && Allows(loopback, "::1") && Allows(loopback, "::ffff:127.0.0.1"));
        Assert.False(Allows(loopback, "10.0.0.1") || Allows(loopback, "169.254.169.254"));
        Assert.False(Allows(loopback, "0.0.0.0"));

        var inside = new HttpOptions { AllowPrivate = true };
        Assert.True(Allows(inside, "10.0.0.1") && Allows(inside, "fd00::1"));
        Assert.False(Allows(inside, "127.0.0.1") || Allows(inside, "169.254.169.254") || Allows(inside, "fe80::1"));

        var named = new HttpOptions { AllowedNetworks = ["10.1.0.0/16", "169.254.169.254/32"] };
        Assert.True(Allows(named, "10.1.2.3") && Allows(named, "169.254.169.254") && Allows(named, "::ffff:10.1.2.3"));
        Assert.False(Allows(named, "10.2.0.1") || Allows(named, "169.254.169.253"));
    }

    private static bool Allows(HttpOptions options, string address) =>
        new AddressRules(options).Allows(IPAddress.Parse(address));
}
