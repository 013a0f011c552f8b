using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Executor.Host.Settings;
using Executor.Integration.Tests.Api;
using Executor.Storage.Postgres;
using Npgsql;

namespace Executor.Integration.Tests.Cluster;

/// <summary>One node of a cluster in this process, with a database and a vhost of its own in the servers of <c>tests/run</c>.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    private const string Password = "s3cret-of-a-node";
    private readonly HttpClient _broker;
    private readonly string _name;

    private ClusterUnderTest(string name, HttpClient broker, string postgres, string rabbitMq, ApiUnderTest node)
    {
        _name = name;
        _broker = broker;
        Postgres = postgres;
        RabbitMq = rabbitMq;
        Node = node;
    }

    public ApiUnderTest Node { get; }

    /// <summary>For further nodes.</summary>
    public string Postgres { get; }

    /// <summary>For its workers.</summary>
    public string RabbitMq { get; }

    public static async Task<ClusterUnderTest> StartAsync(params (string Name, string Value)[] settings)
    {
        var name = $"t{Guid.NewGuid():N}"[..16];
        var administrator = new Uri(Variable("EXECUTOR_TEST_RABBITMQ_HTTP"));
        var broker = new HttpClient { BaseAddress = new Uri($"{administrator.Scheme}://{administrator.Authority}/api/") };
        broker.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(administrator.UserInfo)));
        await broker.PutAsync(new Uri($"vhosts/{name}", UriKind.Relative), null);
        await AdmitAsync(broker, name);
        var rabbitMq = new Uri(new Uri(Variable("EXECUTOR_TEST_RABBITMQ")), "/" + name).ToString();

        await SqlAsync($"CREATE DATABASE {name}");
        var postgres = new NpgsqlConnectionStringBuilder(Variable("EXECUTOR_TEST_POSTGRES")) { Database = name };
        await PostgresSchema.MigrateAsync(
            new PostgresOptions { Connection = postgres.ToString() }, new NodeRole(name, Password), CancellationToken.None);
        (postgres.Username, postgres.Password) = (name, Password);
        var node = await ApiUnderTest.StartAsync(
        [
            (HostSettings.Postgres, postgres.ToString()), (HostSettings.RabbitMq, rabbitMq), (HostSettings.ClusterPort, "0"),
            (HostSettings.TokenKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), .. settings,
        ]);
        return new ClusterUnderTest(name, broker, postgres.ToString(), rabbitMq, node);
    }

    /// <summary>For the node: it is out when this returns, and not let in any more.</summary>
    public Task DatabaseAwayAsync() => SqlAsync(
        $"""
        ALTER ROLE {_name} CONNECTION LIMIT 0;
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{_name}'
        """);

    public Task DatabaseBackAsync() => SqlAsync($"ALTER ROLE {_name} CONNECTION LIMIT -1");

    /// <summary>For node and workers: nobody is let in any more, and whoever was in is out when this returns.</summary>
    public async Task BrokerAwayAsync()
    {
        await _broker.DeleteAsync(Rights(_name));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        // The broker tells of new connections a little late, and of closed ones as well.
        for (var (closed, quiet) = (0, 0); closed == 0 || quiet < 3;)
        {
            var open = await _broker.GetFromJsonAsync<JsonArray>($"vhosts/{_name}/connections", patience.Token);
            foreach (var connection in open!)
            {
                await _broker.DeleteAsync(new Uri($"connections/{Uri.EscapeDataString((string)connection!["name"]!)}", UriKind.Relative));
                closed++;
            }

            quiet = open.Count == 0 ? quiet + 1 : 0;
            await Task.Delay(500, patience.Token);
        }
    }

    public Task BrokerBackAsync() => AdmitAsync(_broker, _name);

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await _broker.DeleteAsync(new Uri($"vhosts/{_name}", UriKind.Relative));
        _broker.Dispose();
        await SqlAsync($"DROP DATABASE {_name} WITH (FORCE)");
        await SqlAsync($"DROP ROLE {_name}");
    }

    private static async Task AdmitAsync(HttpClient broker, string name)
    {
        using var answer = await broker.PutAsJsonAsync(Rights(name), new { configure = ".*", write = ".*", read = ".*" });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Of the user by whom all tests work.</summary>
    private static Uri Rights(string name) => new(
        $"permissions/{name}/{new Uri(Variable("EXECUTOR_TEST_RABBITMQ_HTTP")).UserInfo.Split(':')[0]}", UriKind.Relative);

    private static async Task SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Variable("EXECUTOR_TEST_POSTGRES") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set: run tests/run.");
}
