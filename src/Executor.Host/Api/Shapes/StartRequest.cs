using System.ComponentModel;
using System.Text.Json;

namespace Executor.Host.Api.Shapes;

[Description("What to start: either the name of a stored workflow, or a definition.")]
internal sealed record StartRequest
{
    [Description("Name of a stored workflow, as pack.name.")]
    public string? Workflow { get; init; }

    [Description("Its number; without it the latest.")]
    public int? Number { get; init; }

    [Description("A whole workflow as YAML text, instead of a name.")]
    public string? Definition { get; init; }

    [Description("Name of a definition whose text has none; at most 100 characters.")]
    public string? Name { get; init; }

    [Description("Ends the run when it takes longer than this many seconds, whatever the workflow allows.")]
    public double? Timeout { get; init; }

    [Description("Values of the workflow's parameters, by name.")]
    public Dictionary<string, JsonElement>? Inputs { get; init; }
}
