using System.Net;
using System.Net.Sockets;

namespace Executor.Actors.Tests.Servers;

/// <summary>A way to a server: the first who come get no answer at all, the others get the server's.</summary>
internal sealed class DeafDoor : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _open = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _came;

    public DeafDoor(string host, int port, int deafTo)
    {
        _listener.Start();
        _serving = Task.Run(() => ServeAsync(host, port, deafTo));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many have come.</summary>
    public int Came => Volatile.Read(ref _came);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _open.ForEach(client => client.Dispose());
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(string host, int port, int deafTo)
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _open.Add(client);
            if (Interlocked.Increment(ref _came) > deafTo)
            {
                var server = new TcpClient();
                _open.Add(server);
                await server.ConnectAsync(host, port, _stop.Token);
                _ = client.GetStream().CopyToAsync(server.GetStream(), _stop.Token);
                _ = server.GetStream().CopyToAsync(client.GetStream(), _stop.Token);
            }
        }
    }
}
