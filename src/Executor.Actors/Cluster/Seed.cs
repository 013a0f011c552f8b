using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Akka.Actor;

namespace Executor.Actors.Cluster;

internal static class Seed
{
    /// <param name="text"><c>host:port</c>, an IPv6 address in brackets.</param>
    /// <exception cref="ValidationException">Not of this form.</exception>
    public static (string Host, int Port) Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65_535
            ? (text[..colon], port)
            : throw new ValidationException($"'{text}' is no address of a node; expected host:port, as 10.0.0.5:4053.");
    }

    public static Address AddressOf(string text, Address self)
    {
        var (host, port) = Parse(text);
        return self.WithHost(host).WithPort(port);
    }
}
