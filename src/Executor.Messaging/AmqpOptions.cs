using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Executor.Messaging;

/// <summary>How to reach RabbitMQ, and within which bounds. Checked at start; a value out of range stops it.</summary>
public sealed class AmqpOptions
{
    /// <summary><c>amqp://user:password@host:port/vhost</c>, or <c>amqps</c>. Never logged with its password.</summary>
    [Required]
    public Uri Address { get; set; } = new("amqp://guest:guest@localhost:5672/");

    /// <summary>Taken instead of the one in the address, so that the address may stand in a file and this need not.</summary>
    public string? Password { get; set; }

    /// <summary>Further members of the broker's cluster as <c>host:port</c>; one of all is taken at random.</summary>
    [Required]
    public IReadOnlyList<string> OtherHosts { get; set; } = [];

    /// <summary>Allows <c>amqp</c> without TLS to hosts that are not this machine: for networks that nobody else is in.</summary>
    public bool AllowPlaintext { get; set; }

    /// <summary>PEM file of the authority that has signed the broker's certificate; null is the machine's own store.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>PEM file with our own certificate and its key; null sends none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The name that the broker's certificate must bear; null is the host of the address.</summary>
    public string? ServerName { get; set; }

    /// <summary>Shown by the broker beside our connections.</summary>
    [Required]
    [StringLength(200, MinimumLength = 1)]
    public string Name { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a start waits for the broker before it fails.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan StartPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Messages published to one queue and not yet confirmed. RabbitMQ stops reading a connection once 400 of one channel
    /// wait for a queue that takes nothing, and with it whatever goes to other queues.
    /// </summary>
    [Range(1, 400)]
    public int Window { get; set; } = 200;

    /// <summary>How long a publish waits for its confirm; later its fate is unknown, and it is repeated.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ConfirmPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a queue may leave all that is published to it unanswered before it is called silent; longer than the broker
    /// may be frozen without the connection being lost, which is about two heartbeats.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SilencePatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a claim or renewal waits for its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan AnswerPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Messages with claims that wait for their answers at a time; whatever comes meanwhile goes together in the next.
    /// </summary>
    [Range(1, 64)]
    public int ClaimWindow { get; set; } = 2;

    /// <summary>Of a node: which workers each user of the broker may speak for.</summary>
    [Required]
    public PoolUsers PoolUsers { get; set; } = PoolUsers.ByName;

    /// <summary>How often a request may come back to its queue; one more and it goes to the dead letters.</summary>
    [Range(1, 1000)]
    public int DeliveryLimit { get; set; } = 5;

    /// <summary>Requests that may wait in a pool's queue; more are refused, and published again later.</summary>
    [Range(1000, 100_000_000)]
    public int QueueLimit { get; set; } = 1_000_000;

    /// <exception cref="ValidationException">Names the value and what is wrong with it.</exception>
    internal void Check()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        if (!Address.IsAbsoluteUri || Address.Scheme is not ("amqp" or "amqps"))
        {
            throw new ValidationException($"{nameof(Address)} begins with amqp:// or amqps://.");
        }

        if (Address.Scheme == "amqp" && !AllowPlaintext && Hosts().FirstOrDefault(host => !IsHere(host)) is { } far)
        {
            throw new ValidationException(
                $"{nameof(Address)}: passwords and work would go to '{far}' in plain text. "
                + $"Use amqps, or set {nameof(AllowPlaintext)} where nobody else is in the network.");
        }

        foreach (var file in new[] { AuthorityFile, CertificateFile }.OfType<string>().Where(name => !File.Exists(name)))
        {
            throw new ValidationException($"There is no file '{file}'.");
        }
    }

    private IEnumerable<string> Hosts() => OtherHosts.Select(other => other.Split(':')[0]).Prepend(Address.Host);

    private static bool IsHere(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
