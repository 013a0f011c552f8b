using System.Net;
using System.Net.Sockets;

namespace Executor.Chaos.Deployment;

/// <summary>Ports on loopback that are free just now.</summary>
internal static class Ports
{
    public static int[] Free(int count)
    {
        // All are held until the last is found, so that none is found twice.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
