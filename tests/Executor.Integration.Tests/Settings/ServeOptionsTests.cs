using Executor.Host;
using Executor.Host.Serving;
using Executor.Host.Settings;

namespace Executor.Integration.Tests.Settings;

public sealed class ServeOptionsTests
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    [Fact]
    public void Without_any_setting_it_is_a_server_of_its_own_on_loopback()
    {
        var options = Read();

        Assert.False(options.IsClustered);
        Assert.Equal(new Uri("http://127.0.0.1:8080"), options.Listen);
        Assert.Equal(TimeSpan.FromSeconds(60), options.Lease);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://10.0.0.5:8080")]
    [InlineData("http://node1.example:8080")]
    public void An_address_that_others_can_reach_is_refused_without_authentication(string listen)
    {
        var error = Assert.Throws<Unusable>(() => Read((HostSettings.Listen, listen)));

        Assert.Equal(("settings.open", ExitCode.Configuration), (error.Code, error.ExitCode));
        Assert.Contains("executor keys add", error.Advice, StringComparison.Ordinal);
        Read((HostSettings.Listen, listen), (HostSettings.Authentication, "keys"));
    }

    [Theory]
    [InlineData(HostSettings.Postgres)]
    [InlineData(HostSettings.RabbitMq)]
    public void One_of_database_and_broker_is_not_enough(string name)
    {
        var error = Assert.Throws<Unusable>(() => Read((name, "x")));

        Assert.Equal("settings.together", error.Code);
    }

    [Fact]
    public void A_cluster_needs_the_key_of_the_installation()
    {
        var error = Assert.Throws<Unusable>(() => Read((HostSettings.Postgres, "x"), (HostSettings.RabbitMq, "y")));

        Assert.Equal("settings.missing", error.Code);
        Assert.Contains(HostSettings.TokenKey, error.Message, StringComparison.Ordinal);
        Assert.True(Read(
            (HostSettings.Postgres, "x"), (HostSettings.RabbitMq, "y"), (HostSettings.TokenKey, Key)).IsClustered);
    }

    [Theory]
    [InlineData("https://127.0.0.1:8080", null)]
    [InlineData("http://127.0.0.1:8080", "/api.pfx")]
    public void An_address_with_https_needs_a_certificate_and_no_other_has_one(string listen, string? certificate)
    {
        var error = Assert.Throws<Unusable>(
            () => Read((HostSettings.Listen, listen), (HostSettings.ApiCertificate, certificate ?? "")));

        Assert.Equal("settings.together", error.Code);
        Assert.Equal("/api.pfx", Read(
            (HostSettings.Listen, "https://127.0.0.1:8080"), (HostSettings.ApiCertificate, "/api.pfx")).ApiCertificate);
    }

    [Theory]
    [InlineData(HostSettings.Lease, "0s")]
    [InlineData(HostSettings.ClusterPort, "70000")]
    [InlineData(HostSettings.ClusterProfile, "moon")]
    [InlineData(HostSettings.Listen, "8080")]
    [InlineData(HostSettings.Authentication, "maybe")]
    [InlineData(HostSettings.LogLevel, "LOUD")]
    [InlineData(HostSettings.RabbitMqUsers, "svc")]
    [InlineData(HostSettings.TokenKey, "short")]
    public void A_wrong_value_is_named(string name, string value)
    {
        var error = Assert.Throws<Unusable>(() => Read((name, value)));

        Assert.Equal("settings.value", error.Code);
        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
    }

    private static ServeOptions Read(params (string Name, string Value)[] environment) => ServeOptions.Read(
        HostSettings.Read(HostSettings.Serve, environment.ToDictionary(pair => pair.Name, pair => pair.Value)));
}
