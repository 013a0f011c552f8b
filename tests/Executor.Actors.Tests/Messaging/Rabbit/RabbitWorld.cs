using Executor.Messaging;

namespace Executor.Actors.Tests.Messaging.Rabbit;

/// <summary>A node and a worker over a vhost of their own.</summary>
internal sealed class RabbitWorld : IAsyncDisposable
{
    private readonly RabbitServer _server;
    private readonly ExecutorMessaging _node;
    private readonly WorkerMessaging _worker;

    private RabbitWorld(RabbitServer server, string vhost, ExecutorMessaging node, WorkerMessaging worker)
    {
        _server = server;
        Vhost = vhost;
        _node = node;
        _worker = worker;
    }

    public string Vhost { get; }

    public RabbitServer Server => _server;

    public ExecutorMessaging Node => _node;

    public WorkerMessaging Worker => _worker;

    public Broker Broker => new(
        _node.Tasks, _node.Results, _node.Claims, _worker.Link, () => DisposeAsync().AsTask(), ListeningAsync,
        _node.Beats);

    public static async Task<RabbitWorld> OpenAsync(
        Action<AmqpOptions>? configure = null, RabbitServer? server = null)
    {
        var broker = server ?? RabbitServer.Shared;
        var vhost = await broker.CreateVhostAsync();
        var options = Options(broker, vhost, configure);
        var node = await RabbitMessaging.ForExecutorAsync(options, CancellationToken.None);
        var worker = await RabbitMessaging.ForWorkerAsync(options, ["default"], CancellationToken.None);
        return new RabbitWorld(broker, vhost, node, worker);
    }

    public static AmqpOptions Options(RabbitServer server, string vhost, Action<AmqpOptions>? configure = null)
    {
        var options = new AmqpOptions { Address = server.AddressOf(vhost), Name = vhost };
        configure?.Invoke(options);
        return options;
    }

    /// <summary>Completes when all four connections are known to the broker's API; then each is cut.</summary>
    public async Task CutAllAsync()
    {
        var connections = Array.Empty<string>();
        await RabbitServer.UntilAsync(
            async () => (connections = await _server.ConnectionsAsync(Vhost)).Length >= 4);
        await Task.WhenAll(connections.Select(_server.CutAsync));
    }

    /// <summary>A broker of one test's own goes with all it has, and may be down by now.</summary>
    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _node.DisposeAsync();
        if (_server == RabbitServer.Shared)
        {
            await _server.DeleteVhostAsync(Vhost);
        }
    }

    private Task ListeningAsync(int workers) => RabbitServer.UntilAsync(
        async () => await _server.BoundQueuesAsync(Vhost, "executor.control") == workers);
}
