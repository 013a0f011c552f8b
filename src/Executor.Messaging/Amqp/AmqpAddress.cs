using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;

namespace Executor.Messaging.Amqp;

/// <summary>Where the broker is and who we are, as its client wants it.</summary>
internal sealed class AmqpAddress
{
    private readonly ConnectionFactory _factory;
    private readonly List<AmqpTcpEndpoint> _endpoints;

    public AmqpAddress(AmqpOptions options)
    {
        _factory = new ConnectionFactory
        {
            Uri = options.Address,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = options.Heartbeat,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            HandshakeContinuationTimeout = TimeSpan.FromSeconds(10),
            ContinuationTimeout = TimeSpan.FromSeconds(10),
            ConsumerDispatchConcurrency = 1,
        };
        if (options.Password is { } password)
        {
            _factory.Password = password;
        }

        if (_factory.Ssl.Enabled)
        {
            Secure(_factory.Ssl, options);
        }

        var first = new AmqpTcpEndpoint(_factory.HostName, _factory.Endpoint.Port, _factory.Ssl);
        _endpoints = [first, .. options.OtherHosts.Select(other => Endpoint(other, first.Port, _factory.Ssl))];
        var scheme = _factory.Ssl.Enabled ? "amqps" : "amqp";
        Text = $"{scheme}://{User}@{string.Join(',', _endpoints.Select(end => $"{end.HostName}:{end.Port}"))}/{VirtualHost}";
    }

    public string User => _factory.UserName;

    public string VirtualHost => _factory.VirtualHost;

    /// <summary>For people and logs: without the password.</summary>
    public string Text { get; }

    public Task<IConnection> ConnectAsync(string name, CancellationToken stop) =>
        _factory.CreateConnectionAsync(_endpoints, name, stop);

    private static AmqpTcpEndpoint Endpoint(string host, int port, SslOption tls)
    {
        var parts = host.Split(':');
        var own = new SslOption(parts[0], enabled: tls.Enabled)
        {
            Certs = tls.Certs,
            CertificateValidationCallback = tls.CertificateValidationCallback,
        };
        return new AmqpTcpEndpoint(
            parts[0], parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : port, own);
    }

    private static void Secure(SslOption tls, AmqpOptions options)
    {
        tls.ServerName = options.ServerName ?? options.Address.Host;
        tls.AcceptablePolicyErrors = SslPolicyErrors.None;
        if (options.CertificateFile is { } certificate)
        {
            tls.Certs = [X509Certificate2.CreateFromPemFile(certificate)];
        }

        if (options.AuthorityFile is { } authority)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(authority);
            tls.CertificateValidationCallback = (_, shown, _, errors) => IsSignedBy(roots, shown, errors);
        }
    }

    /// <summary>The name must be right as ever; the chain must end at one of our authorities, and at no other.</summary>
    private static bool IsSignedBy(X509Certificate2Collection roots, X509Certificate? shown, SslPolicyErrors errors)
    {
        if (shown is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return chain.Build(certificate);
    }
}
