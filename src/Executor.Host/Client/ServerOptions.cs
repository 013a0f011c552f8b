using System.CommandLine;

namespace Executor.Host.Client;

/// <summary>Where a server is, and who asks it.</summary>
internal static class ServerOptions
{
    public const string AddressVariable = "EXECUTOR_SERVER";
    public const string KeyVariable = "EXECUTOR_API_KEY";

    public static readonly Option<string?> Server = new("--server")
    {
        Description = $"Asks this server instead of a data directory; the same as {AddressVariable}. "
            + $"Its key is taken from {KeyVariable}.",
        HelpName = "URL",
    };

    /// <returns>Null when no server is named: the data directory is meant.</returns>
    /// <exception cref="Unusable">What is named is no address.</exception>
    public static ApiClient? Client(ParseResult parsed)
    {
        var address = parsed.GetValue(Server) ?? Environment.GetEnvironmentVariable(AddressVariable);
        return string.IsNullOrEmpty(address)
            ? null
            : new ApiClient(Parse(address), Environment.GetEnvironmentVariable(KeyVariable));
    }

    /// <exception cref="Unusable">It is no address.</exception>
    public static Uri Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new Unusable("cli.server", $"'{address}' is no address of a server", "write it as http://127.0.0.1:8080");
}
