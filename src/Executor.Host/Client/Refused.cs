using System.Text.Json.Nodes;

namespace Executor.Host.Client;

/// <summary>The server has understood the call and says no.</summary>
/// <param name="problems">All causes, as the server tells them.</param>
internal sealed class Refused(int status, string code, string message, IReadOnlyList<JsonNode> problems, string? advice)
    : Unusable(code, message, advice)
{
    public int Status { get; } = status;

    public IReadOnlyList<JsonNode> Problems { get; } = problems;
}
