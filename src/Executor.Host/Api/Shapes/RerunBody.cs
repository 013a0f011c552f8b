using System.ComponentModel;

namespace Executor.Host.Api.Shapes;

[Description("What is to run again; without anything all of it, from the start.")]
internal sealed record RerunBody
{
    [Description("Names of tasks: the last visit of each runs again, and all that came of it; what the others did is kept.")]
    public IReadOnlyList<string>? From { get; init; }

    [Description("True: of each task whose last visit ended with items that did not succeed, those run again.")]
    public bool FailedItems { get; init; }
}
