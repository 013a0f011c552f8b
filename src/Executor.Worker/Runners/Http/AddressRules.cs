using System.Net;
using System.Net.Sockets;

namespace Executor.Worker.Runners.Http;

/// <summary>Which addresses may be connected to. An address that carries another is judged by both.</summary>
internal sealed class AddressRules(HttpOptions options)
{
    private static readonly IPNetwork[] Loopback = Networks("127.0.0.0/8", "::1/128");
    private static readonly IPNetwork[] Private = Networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    /// <summary>
    /// Neither public nor a private network's: link-local, shared, reserved, documentation, multicast.
    /// </summary>
    private static readonly IPNetwork[] Never = Networks(
        "0.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16",
        "fe80::/10", "fec0::/10", "ff00::/8");

    private readonly IPNetwork[] _allowed = Networks([.. options.AllowedNetworks]);

    public bool Allows(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Allows(address.MapToIPv4());
        }

        if (Contains(_allowed, address))
        {
            return true;
        }

        if (Contains(Loopback, address))
        {
            return options.AllowLoopback;
        }

        if (Contains(Private, address))
        {
            return options.AllowPrivate;
        }

        return !Contains(Never, address) && (Carried(address) is not { } carried || Allows(carried));
    }

    /// <summary>The address within one of 6to4 (2002::/16) or NAT64 (64:ff9b::/96).</summary>
    private static IPAddress? Carried(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        return bytes switch
        {
            [0x20, 0x02, ..] => new IPAddress(bytes.AsSpan(2, 4)),
            [0x00, 0x64, 0xff, 0x9b, ..] => new IPAddress(bytes.AsSpan(12, 4)),
            _ => null,
        };
    }

    // A scope (fe80::1%eth0) is no part of the address.
    private static bool Contains(IPNetwork[] networks, IPAddress address)
    {
        var bare = address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0
            ? new IPAddress(address.GetAddressBytes())
            : address;
        return Array.Exists(networks, network => network.Contains(bare));
    }

    private static IPNetwork[] Networks(params string[] texts) => [.. texts.Select(IPNetwork.Parse)];
}
