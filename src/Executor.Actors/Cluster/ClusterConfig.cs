using Akka.Configuration;

namespace Executor.Actors.Cluster;

/// <summary>What of Akka's configuration differs from node to node.</summary>
internal static class ClusterConfig
{
    public static string FileOf(ClusterProfile profile) => profile switch
    {
        ClusterProfile.Lan => "cluster.conf",
        ClusterProfile.Wan => "cluster-wan.conf",
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "No such profile."),
    };

    public static Config Of(ClusterOptions options) => ConfigurationFactory.ParseString(
        $$"""
        akka.remote.dot-netty.tcp {
          public-hostname = {{Quoted(options.Host)}}
          hostname = {{Quoted(options.BindHost ?? options.Host)}}
          port = {{options.Port}}
          {{Security(options)}}
        }
        """);

    /// <summary>Nodes prove to each other who they are; without validation any certificate would do.</summary>
    private static string Security(ClusterOptions options) => options.Certificate is null
        ? "enable-ssl = off"
        : $$"""
          enable-ssl = on
          ssl {
            suppress-validation = off
            require-mutual-authentication = on
            certificate { path = {{Quoted(options.Certificate)}}, password = {{Quoted(options.CertificatePassword ?? "")}} }
          }
          """;

    private static string Quoted(string text) =>
        '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
