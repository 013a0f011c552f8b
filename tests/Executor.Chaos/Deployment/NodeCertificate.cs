using Executor.Chaos.Processes;

namespace Executor.Chaos.Deployment;

/// <summary>What nodes prove to each other that they are nodes with, made as an operator makes it.</summary>
/// <param name="Password">Of <paramref name="File"/>.</param>
/// <param name="Authority">PEM file; the only authority that nodes trust.</param>
internal sealed record NodeCertificate(string File, string Password, string Authority)
{
    public static async Task<NodeCertificate> MakeAsync(string directory)
    {
        var folder = Path.Combine(directory, "secrets");
        await Script.RunAsync(Path.Combine(Places.Root, "docker/prepare"), [folder]);
        const string name = "CERTIFICATE_PASSWORD=";
        var password = System.IO.File.ReadLines(Path.Combine(folder, "settings.env"))
            .Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..];
        return new NodeCertificate(Path.Combine(folder, "node.pfx"), password, Path.Combine(folder, "ca.pem"));
    }
}
