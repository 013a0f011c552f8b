using RabbitMQ.Client;

namespace Executor.Chaos.Deployment;

/// <summary>A connection to the private broker that may listen to everything, and speak in anybody's name.</summary>
internal sealed class BrokerGuest : IAsyncDisposable
{
    private const string User = "chaos";

    private readonly IConnection _connection;

    private BrokerGuest(IConnection connection, IChannel channel) => (_connection, Channel) = (connection, channel);

    /// <summary>For one speaker at a time.</summary>
    public IChannel Channel { get; }

    public static async Task<BrokerGuest> ComeAsync(ClusterUnderTest cluster, CancellationToken stop)
    {
        var password = Guid.NewGuid().ToString("N");
        await cluster.Broker.AdmitAsync(User, password, "impersonator", stop);
        var connection = await new ConnectionFactory
        {
            Uri = cluster.BrokerAddress(User, password),
            AutomaticRecoveryEnabled = false,
        }.CreateConnectionAsync(User, stop);
        return new BrokerGuest(connection, await connection.CreateChannelAsync(options: null, stop));
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
