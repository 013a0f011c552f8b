using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Executor.Host.Settings;
using Executor.Integration.Tests.Api;
using Executor.Storage.Postgres;
using Npgsql;

namespace Executor.Integration.Tests.Cluster;

/// <summary>One node of a cluster in this process, with a database and a vhost of its own in the servers of <c>tests/run</c>.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
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
        var user = administrator.UserInfo.Split(':')[0];
        await broker.PutAsJsonAsync($"permissions/{name}/{user}", new { configure = ".*", write = ".*", read = ".*" });
        var rabbitMq = new Uri(new Uri(Variable("EXECUTOR_TEST_RABBITMQ")), "/" + name).ToString();

        await SqlAsync($"CREATE DATABASE {name}");
        var postgres = new NpgsqlConnectionStringBuilder(Variable("EXECUTOR_TEST_POSTGRES")) { Database = name }.ToString();
        await PostgresSchema.MigrateAsync(new PostgresOptions { Connection = postgres }, null, CancellationToken.None);
        var node = await ApiUnderTest.StartAsync(
        [
            (HostSettings.Postgres, postgres), (HostSettings.RabbitMq, rabbitMq), (HostSettings.ClusterPort, "0"),
            (HostSettings.TokenKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), .. settings,
        ]);
        return new ClusterUnderTest(name, broker, postgres, rabbitMq, node);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await _broker.DeleteAsync(new Uri($"vhosts/{_name}", UriKind.Relative));
        _broker.Dispose();
        await SqlAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

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
