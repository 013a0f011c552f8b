using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Executor.Host.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Executor.Host.Serving;

/// <summary>What the HTTP API shows its callers, read once.</summary>
internal static class ApiCertificate
{
    /// <summary>All that stands in the file: the one with the key, and whoever has signed it.</summary>
    /// <exception cref="Unusable">The file is not there, is of another kind, or has another password.</exception>
    public static void Use(this HttpsConnectionAdapterOptions https, string file, string? password)
    {
        X509Certificate2Collection found;
        try
        {
            found = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Wrong(file, unreadable.Message);
        }

        https.ServerCertificate = found.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw Wrong(file, "no key stands in it");
        https.ServerCertificateChain = [.. found.Where(certificate => !certificate.HasPrivateKey)];
    }

    private static Unusable Wrong(string file, string reason) => new(
        "settings.value", $"{HostSettings.ApiCertificate} is '{file}', which cannot be used: {reason}",
        "expected is a PKCS #12 file with a certificate and its key");
}
