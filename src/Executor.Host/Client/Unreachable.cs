namespace Executor.Host.Client;

/// <summary>Nothing is known about what the server has done; the same call may be made again.</summary>
internal sealed class Unreachable(Uri server, string why) : Unusable(
    "server.unreachable", $"{server} does not answer: {why}", "is it running, and is this its address?");
