using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Executor.Actors.Cluster;

/// <summary>How a node finds and joins the others.</summary>
public sealed record ClusterOptions
{
    /// <summary>The address that the other nodes reach this one at.</summary>
    [Required]
    [StringLength(253, MinimumLength = 1)]
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>0: any free one, for tests.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 4053;

    /// <summary>The address to listen at where it is not <see cref="Host"/>, as behind a container's network.</summary>
    public string? BindHost { get; init; }

    /// <summary>
    /// <c>host:port</c> of nodes to ask, whichever they are; this node itself may stand among them. Empty: this node is
    /// the only one, or the first one, and does not start while another cluster is alive on its database.
    /// </summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];

    /// <summary>The same on every node, for ever: ten times the largest number of nodes expected.</summary>
    [Range(1, 10_000)]
    public int Shards { get; init; } = 60;

    /// <summary>Each node renews the charter this often; the same on every node.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:00:10")]
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Nobody renews the charter for so many beats: its cluster is dead, and a node that waits founds another.</summary>
    [Range(3, 100)]
    public int DeadAfterBeats { get; init; } = 5;

    /// <summary>How patient the nodes are with each other.</summary>
    public ClusterProfile Profile { get; init; } = ClusterProfile.Lan;

    /// <summary>PKCS #12 file with this node's certificate and key; required off loopback.</summary>
    public string? Certificate { get; init; }

    public string? CertificatePassword { get; init; }

    /// <exception cref="ValidationException">A value is outside its range, or the node would be open to anybody.</exception>
    public void Check()
    {
        Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
        foreach (var seed in Seeds)
        {
            Seed.Parse(seed);
        }

        var open = new[] { Host, BindHost ?? Host }.FirstOrDefault(host => !IsLoopback(host));
        if (open is not null && Certificate is null)
        {
            throw new ValidationException(
                $"A node at {open} can be reached by other machines: it needs a certificate (EXECUTOR__CLUSTER__CERTIFICATE). "
                + "Without one only 127.0.0.1, [::1] and localhost may be used.");
        }
    }

    private static bool IsLoopback(string host) => host == "localhost"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

public enum ClusterProfile
{
    /// <summary>One local network: a node that is silent for 2 s is in trouble, and gone after 3 more.</summary>
    Lan,

    /// <summary>Several places: 5 s and 10 s.</summary>
    Wan,
}
