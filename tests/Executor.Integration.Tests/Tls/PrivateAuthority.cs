using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Executor.Integration.Tests.Tls;

/// <summary>An authority of a test's own, that signs for a day. What it makes stands as files in its folder.</summary>
internal sealed class PrivateAuthority : IDisposable
{
    private const string Password = "of-this-test";
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private readonly string _folder;
    private readonly X509Certificate2 _root;
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    public PrivateAuthority(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=authority {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _root = request.CreateSelfSigned(_now.AddDays(-1), _now.AddDays(1));
        File.WriteAllText(Certificate, _root.ExportCertificatePem());
    }

    /// <summary>Its own, in PEM.</summary>
    public string Certificate => Path.Combine(_folder, "ca.pem");

    /// <summary>Of the PKCS #12 files.</summary>
    public static string FilePassword => Password;

    /// <summary>Makes <c>NAME.pem</c>, <c>NAME.key</c> and <c>NAME.pfx</c>.</summary>
    /// <param name="host">The only name that it may be shown under.</param>
    /// <returns>The path of the PKCS #12 file.</returns>
    public string Sign(string name, string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(ServerPurpose), new Oid(ClientPurpose)], critical: false));
        using var signed = request.Create(_root, _now.AddHours(-1), _now.AddHours(20), RandomNumberGenerator.GetBytes(16));
        using var whole = signed.CopyWithPrivateKey(key);
        File.WriteAllText(At(name, "pem"), signed.ExportCertificatePem());
        File.WriteAllText(At(name, "key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(At(name, "pfx"), whole.Export(X509ContentType.Pfx, Password));
        return At(name, "pfx");
    }

    public void Dispose() => _root.Dispose();

    private string At(string name, string ending) => Path.Combine(_folder, $"{name}.{ending}");
}
