using System.Text.Json.Nodes;
using Executor.Host.Settings;
using Executor.Integration.Tests.Cli;

namespace Executor.Integration.Tests.Tls;

/// <summary>Every channel of a cluster under TLS: who is trusted gets in, and nobody else.</summary>
public sealed class TlsTests(TlsWorld world) : IClassFixture<TlsWorld>
{
    private static readonly string Sample = Path.Combine(
        Golden.Root, "src", "Executor.Host", "samples", "process-items.yaml");

    [Fact]
    [Trait("threat", "T15")]
    public async Task Nodes_form_a_cluster_and_run_a_workflow_with_a_worker_and_no_channel_is_in_plain_text()
    {
        await using var worker = world.Work(TlsWorld.Host);

        var ended = await world.RunAsync([], "run", Sample, "--server", Api, "-o", "json");

        Assert.True(ended.ExitCode == 0, ended.Error + worker.Said);
        Assert.Equal("completed", (string)JsonNode.Parse(ended.Output)!["status"]!);
        Assert.Equal(["up", "up", "up"], (await MembersAsync()).Select(member => (string)member!["status"]!));
        Assert.Equal(["CN=node0", "CN=node1", "CN=node2"], await world.NodeNamesAsync());
        var database = await world.DatabaseConnectionsAsync();
        Assert.NotEmpty(database);
        Assert.All(database, Assert.True);
        IReadOnlyDictionary<string, bool> broker = new Dictionary<string, bool>();
        // The broker tells of connections a little late.
        await Waiting.ForAsync(
            () => (broker = world.BrokerConnectionsAsync().GetAwaiter().GetResult()).Keys.Any(name => name.StartsWith("worker:", StringComparison.Ordinal)),
            "the worker's connection");
        Assert.All(broker.Values, Assert.True);
    }

    [Fact]
    [Trait("threat", "T15")]
    public async Task A_node_whose_certificate_another_authority_has_signed_is_not_let_in()
    {
        using var scratch = new Scratch();
        using var stranger = new PrivateAuthority(scratch.Folder);

        await using var node = world.ServeWith(stranger.Sign("stranger", TlsWorld.Host));

        await Waiting.ForAsync(
            () => world.Nodes.Any(one => one.Said.Contains("Certificate chain validation failed", StringComparison.Ordinal)),
            "a member to refuse the certificate");
        Assert.DoesNotContain(TlsWorld.Ready, node.Said, StringComparison.Ordinal);
        Assert.Equal(3, (await MembersAsync()).Count);
    }

    [Fact]
    public async Task A_worker_refuses_a_broker_by_another_name_than_its_certificate_bears()
    {
        await using var worker = world.Work("127.0.0.1");

        await worker.UntilSaysAsync("certificate");

        Assert.DoesNotContain("takes up to", worker.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_by_another_name_than_its_certificate_bears_is_refused()
    {
        var ended = await world.RunAsync(new() { [HostSettings.Postgres] = world.Database("127.0.0.1", "postgres") }, "migrate");

        Assert.NotEqual(0, ended.ExitCode);
        Assert.Contains("SSL handshake", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_refuses_a_server_by_another_name_than_its_certificate_bears()
    {
        var reached = await world.RunAsync([], "health", "--server", Api);
        var refused = await world.RunAsync([], "health", "--server", world.Api("127.0.0.1").ToString());

        Assert.DoesNotContain("server.unreachable", reached.Output + reached.Error, StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("server.unreachable", refused.Error, StringComparison.Ordinal);
    }

    private string Api => world.Api(TlsWorld.Host).ToString();

    private async Task<JsonArray> MembersAsync()
    {
        var shown = await world.RunAsync([], "cluster", "--server", Api, "-o", "json");
        Assert.True(shown.ExitCode == 0, shown.Error);
        return JsonNode.Parse(shown.Output)!.AsArray();
    }
}
