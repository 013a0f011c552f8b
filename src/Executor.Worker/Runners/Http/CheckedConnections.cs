using System.Net;
using System.Net.Sockets;

namespace Executor.Worker.Runners.Http;

/// <summary>Connections only to addresses that were looked at: the name is resolved once, checked and used.</summary>
/// <param name="resolve">A name's addresses.</param>
internal sealed class CheckedConnections(
    AddressRules rules, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);

    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectCallback = (context, stop) => ConnectAsync(context.DnsEndPoint, stop),
        ConnectTimeout = ConnectLimit,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
        UseProxy = false,
    };

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken stop)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal)
            ? new[] { literal }
            : await resolve(target.Host, stop);
        if (Array.Find(addresses, address => !rules.Allows(address)) is { } refused)
        {
            throw new AddressRefusedException(
                $"{target.Host} has the address {refused}, which this worker must not call.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
