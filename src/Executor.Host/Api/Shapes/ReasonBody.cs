using System.ComponentModel;

namespace Executor.Host.Api.Shapes;

internal sealed record ReasonBody
{
    [Description("For people; at most 1,000 characters.")]
    public string? Reason { get; init; }
}
