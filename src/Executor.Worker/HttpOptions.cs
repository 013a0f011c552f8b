using System.ComponentModel.DataAnnotations;

namespace Executor.Worker;

/// <summary>Where core.http_request may go. Public addresses are always allowed, others only by these.</summary>
public sealed class HttpOptions
{
    /// <summary>127.0.0.0/8 and ::1.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>
    /// 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and fc00::/7; never link-local, where clouds keep secrets.
    /// </summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Further networks, as in <c>10.1.0.0/16</c>.</summary>
    [Required]
    public IReadOnlyList<string> AllowedNetworks { get; set; } = [];

    /// <summary>Bytes of a response body; a larger one is a failed attempt.</summary>
    [Range(1, 100 * 1024 * 1024)]
    public int BodyLimit { get; set; } = 10 * 1024 * 1024;

    /// <summary>For the whole call, redirects included, where the input names none.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
