using Executor.Host.Serving;
using Executor.Host.Settings;
using Executor.Host.Verbs;

namespace Executor.Integration.Tests.Deployment;

/// <summary>The composition for docker, which no test can run, is the cluster that tests/cluster-up starts.</summary>
public sealed class ComposeTests
{
    /// <summary>What a network of containers needs and one machine does not.</summary>
    private static readonly string[] OfContainers =
    [
        HostSettings.ClusterHost, HostSettings.ClusterBindHost, HostSettings.ClusterCertificate,
        HostSettings.ClusterCertificatePassword, HostSettings.Plaintext, HostSettings.Authentication, HostSettings.LogFormat,
    ];

    /// <summary>What processes that share an address need.</summary>
    private static readonly string[] OfOneMachine = [HostSettings.ClusterPort];

    private readonly Composition _composition = new();
    private readonly ClusterUpScript _script = new();

    [Theory]
    [InlineData("serve", 3)]
    [InlineData("work", 2)]
    [InlineData("migrate", 1)]
    public void Both_start_the_same_processes_with_the_same_settings(string verb, int count)
    {
        var composed = _composition.Processes.Values.Where(process => process.Verb == verb)
            .Select(process => Ours(process.Environment.Keys).Except(OfContainers).Order(StringComparer.Ordinal)).ToList();
        var started = _script.Starts(verb)
            .Select(settings => settings.Except(OfOneMachine).Order(StringComparer.Ordinal)).ToList();

        Assert.Equal((count, count), (composed.Count, started.Count));
        foreach (var (inContainers, onOneMachine) in composed.Zip(started))
        {
            Assert.Equal(inContainers, onOneMachine);
        }

        Assert.Equal(["postgres", "rabbitmq"], _composition.Servers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_product_takes_every_setting_of_the_composition()
    {
        foreach (var (name, (verb, given)) in _composition.Processes)
        {
            var environment = Composition.Filled(given, Convert.ToBase64String(new byte[32]));
            switch (verb)
            {
                case "serve":
                    var options = ServeOptions.Read(HostSettings.Read(HostSettings.Serve, environment));
                    options.Cluster.Check();
                    Assert.Equal((name, name, true), (options.Node, options.Cluster.Host, options.IsClustered));
                    break;
                case "work":
                    Assert.NotEmpty(WorkVerb.OptionsOf(HostSettings.Read(HostSettings.Work, environment)).Pools);
                    break;
                default:
                    Assert.Equal("migrate", verb);
                    HostSettings.Read(HostSettings.Migrate, environment).Required(HostSettings.Postgres);
                    break;
            }
        }
    }

    [Fact]
    public void All_that_the_composition_asks_of_the_outside_is_made_by_prepare()
    {
        Assert.All(_composition.Variables, name => Assert.Contains($"\n{name}=", Composition.Prepare, StringComparison.Ordinal));
        Assert.All(_composition.SecretFiles, file => Assert.Contains(
            file.Replace("secrets/", "\"$dir/", StringComparison.Ordinal) + '"', Composition.Prepare, StringComparison.Ordinal));
    }

    [Fact]
    public void Both_generations_of_compose_know_every_section() =>
        Assert.DoesNotContain(_composition.Keys, key => key is not ("services" or "secrets" or "volumes")
            && !key.StartsWith("x-", StringComparison.Ordinal));

    private static IEnumerable<string> Ours(IEnumerable<string> names) =>
        names.Where(name => name.StartsWith(Setting.Prefix, StringComparison.Ordinal));
}
