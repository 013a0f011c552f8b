using System.Net;
using Executor.Host.Api.Problems;

namespace Executor.Host.Api.Access;

/// <summary>
/// Without keys whoever reaches the server may do all, and a browser on this machine reaches it for any page that it
/// shows: by a name of the page's own that leads here, or with a form that is sent here.
/// </summary>
internal static class LocalCalls
{
    /// <returns>Null: it is called by a name of this machine, and for no page of another server.</returns>
    public static ApiProblem? DenialOf(HttpRequest request)
    {
        if (!IsOfThisMachine(request.Host.Host))
        {
            return new ApiProblem(
                StatusCodes.Status403Forbidden, "access.host",
                $"Without authentication this server is called as localhost or 127.0.0.1, not as '{request.Host.Host}'.");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            ? null
            : new ApiProblem(
                StatusCodes.Status403Forbidden, "access.origin",
                "Without authentication a page of another server changes nothing here.");
    }

    private static bool IsOfThisMachine(string host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
