using Executor.Host.Settings;
using Executor.Messaging;

namespace Executor.Host.Serving;

/// <summary>How this process reaches RabbitMQ.</summary>
internal static class Broker
{
    /// <param name="authority">PEM file; null: any that the machine trusts.</param>
    /// <param name="name">Shown by the broker beside our connections.</param>
    /// <param name="silence">How long a queue may answer nothing before it is called silent.</param>
    /// <exception cref="Unusable">It is no address.</exception>
    public static AmqpOptions OptionsOf(
        string address, string? authority, bool allowPlaintext, string name, TimeSpan silence, PoolUsers? users = null) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps"
            ? new AmqpOptions
            {
                Address = uri,
                AuthorityFile = authority,
                AllowPlaintext = allowPlaintext,
                Name = name,
                SilencePatience = silence,
                PoolUsers = users ?? PoolUsers.ByName,
            }
            : throw new Unusable(
                "settings.value", $"{HostSettings.RabbitMq} is no address of a broker",
                "write it as amqp://user:password@host:5672/vhost");
}
