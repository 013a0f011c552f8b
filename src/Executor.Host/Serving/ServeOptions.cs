using System.Net;
using Executor.Actors.Cluster;
using Executor.Core.Runs;
using Executor.Host.Logs;
using Executor.Host.Settings;
using Executor.Messaging;
using Executor.Worker;

namespace Executor.Host.Serving;

/// <summary>How one server runs. Read once, checked as a whole.</summary>
/// <param name="Postgres">Null, as <paramref name="RabbitMq"/>: a server of its own, with SQLite and a worker inside.</param>
/// <param name="Worker">Means nothing in a cluster, whose workers are processes of their own.</param>
internal sealed record ServeOptions(
    string Data, string? Postgres, string? RabbitMq, string? RabbitMqAuthority, TimeSpan RabbitMqSilence, PoolUsers PoolUsers,
    bool AllowPlaintext, byte[]? TokenKey, string Node,
    string LogLevel, LogFormat LogFormat, TimeSpan Lease, TimeSpan ReconcileEvery, TimeSpan StaleAfter, TimeSpan IdleAfter,
    WorkerOptions Worker, ClusterOptions Cluster,
    Uri Listen, ApiAuthentication Authentication, string? ApiCertificate, string? ApiCertificatePassword)
{
    public bool IsClustered => Postgres is not null;

    public RunLimits Limits { get; init; } = RunLimits.Default;

    /// <summary>Bytes of JSON up to which a result stands in the journal.</summary>
    public int InlineResult { get; init; } = 64 << 10;

    /// <exception cref="Unusable">A value that cannot be used, by the name of its setting.</exception>
    public static ServeOptions Read(SettingsReader settings)
    {
        var options = new ServeOptions(
            settings.Required(HostSettings.Data),
            settings.Text(HostSettings.Postgres),
            settings.Text(HostSettings.RabbitMq),
            settings.Text(HostSettings.RabbitMqAuthority),
            HostSettings.SilenceOf(settings),
            ReadUsers(settings),
            settings.Flag(HostSettings.Plaintext),
            settings.Text(HostSettings.TokenKey) is null ? null : settings.Key(HostSettings.TokenKey),
            settings.Required(HostSettings.Node),
            settings.Word<LogWord>(HostSettings.LogLevel).ToString().ToUpperInvariant(),
            settings.Word<LogFormat>(HostSettings.LogFormat),
            settings.Duration(HostSettings.Lease, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            settings.Duration(HostSettings.ReconcileEvery, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(10)),
            settings.Duration(HostSettings.StaleAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            settings.Duration(HostSettings.IdleAfter, TimeSpan.FromMilliseconds(50), TimeSpan.FromDays(1)),
            ReadWorker(settings),
            ReadCluster(settings),
            ReadListen(settings),
            settings.Word<ApiAuthentication>(HostSettings.Authentication),
            settings.Text(HostSettings.ApiCertificate),
            settings.Text(HostSettings.ApiCertificatePassword))
        {
            Limits = LimitSettings.Read(settings),
            InlineResult = LimitSettings.InlineResultOf(settings),
        };
        options.CheckTogether(settings);
        return options;
    }

    private static PoolUsers ReadUsers(SettingsReader settings)
    {
        try
        {
            return PoolUsers.Parse(settings.Text(HostSettings.RabbitMqUsers) ?? "");
        }
        catch (FormatException)
        {
            throw settings.Wrong(HostSettings.RabbitMqUsers, "user=pool+pool, with commas, each user once; or *=");
        }
    }

    private static WorkerOptions ReadWorker(SettingsReader settings)
    {
        var worker = WorkerSettings.Read(settings);
        worker.Parallelism = settings.Number(HostSettings.WorkerParallelism, 1, 10_000);
        return worker;
    }

    private static ClusterOptions ReadCluster(SettingsReader settings) => new()
    {
        Host = settings.Required(HostSettings.ClusterHost),
        Port = settings.Number(HostSettings.ClusterPort, 0, 65_535),
        BindHost = settings.Text(HostSettings.ClusterBindHost),
        Seeds = settings.List(HostSettings.ClusterSeeds),
        Shards = settings.Number(HostSettings.ClusterShards, 1, 10_000),
        Profile = settings.Word<ClusterProfile>(HostSettings.ClusterProfile),
        Certificate = settings.Text(HostSettings.ClusterCertificate),
        CertificatePassword = settings.Text(HostSettings.ClusterCertificatePassword),
    };

    private static Uri ReadListen(SettingsReader settings) =>
        Uri.TryCreate(settings.Text(HostSettings.Listen), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && uri.AbsolutePath == "/"
            ? uri
            : throw settings.Wrong(HostSettings.Listen, "an address such as http://127.0.0.1:8080");

    private void CheckTogether(SettingsReader settings)
    {
        if (Postgres is null != RabbitMq is null)
        {
            var (has, lacks) = Postgres is null
                ? (HostSettings.RabbitMq, HostSettings.Postgres)
                : (HostSettings.Postgres, HostSettings.RabbitMq);
            throw new Unusable(
                "settings.together", $"{has} is set and {lacks} is not",
                "a cluster needs both; a single server with SQLite and its own worker needs neither");
        }

        if (IsClustered && TokenKey is null)
        {
            settings.Required(HostSettings.TokenKey);
        }

        if (Listen.Scheme == "https" != ApiCertificate is not null)
        {
            throw new Unusable(
                "settings.together",
                ApiCertificate is null
                    ? $"{HostSettings.Listen} is {Listen} and {HostSettings.ApiCertificate} is not set"
                    : $"{HostSettings.ApiCertificate} is set and {HostSettings.Listen} is {Listen}",
                "a certificate goes with an address that begins with https://");
        }

        if (Authentication == ApiAuthentication.None && !IsLoopback(Listen))
        {
            throw new Unusable(
                "settings.open", $"{HostSettings.Listen} is {Listen}: anybody on the network could use it",
                $"make a key with 'executor keys add --role admin' and set {HostSettings.Authentication}=keys, "
                + "or listen on 127.0.0.1")
            {
                ExitCode = Executor.Host.ExitCode.Configuration,
            };
        }
    }

    private static bool IsLoopback(Uri listen) => listen.Host == "localhost"
        || (IPAddress.TryParse(listen.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

internal enum ApiAuthentication
{
    /// <summary>Whoever can reach it may do all; loopback only.</summary>
    None,

    /// <summary>Bearer keys with a role each.</summary>
    Keys,
}
