using Executor.Storage.Postgres;
using Npgsql;

namespace Executor.Actors.Tests.Servers;

/// <summary>A schema as a node of a cluster sees it: through a role of its own that may do no more than a node does.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    public const string Password = "s3cret-of-a-node";
    private readonly PostgresServer _server;

    private TestNode(PostgresServer server, TestSchema schema, string role)
    {
        _server = server;
        Schema = schema;
        Role = role;
        Options = schema.Options with { Connection = As(Password) };
    }

    public TestSchema Schema { get; }

    public string Role { get; }

    public PostgresOptions Options { get; }

    public static async Task<TestNode> MadeAsync(PostgresServer? own = null)
    {
        var server = own ?? await PostgresServer.Shared;
        var schema = await TestSchema.UnmadeAsync(server);
        var role = $"node_{Guid.NewGuid():N}";
        await PostgresSchema.MigrateAsync(schema.Options, new NodeRole(role, Password), CancellationToken.None);
        return new TestNode(server, schema, role);
    }

    public async Task<NpgsqlConnection> ConnectAsync() => await ConnectAsync(Password);

    public async Task<NpgsqlConnection> ConnectAsync(string password)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(As(password)) { SearchPath = Options.Schema, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await Schema.DisposeAsync();
        await _server.ExecuteAsync($"DROP OWNED BY {Role}; DROP ROLE {Role}");
    }

    private string As(string password) => new NpgsqlConnectionStringBuilder(_server.Connection)
    {
        Username = Role,
        Password = password,
    }.ToString();
}
