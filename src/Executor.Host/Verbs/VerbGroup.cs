using System.CommandLine;

namespace Executor.Host.Verbs;

/// <summary>Verbs that the same people need at the same time.</summary>
internal sealed record VerbGroup(string Title, params IReadOnlyList<Command> Verbs)
{
    /// <summary>All verbs, those of every day first.</summary>
    public static IReadOnlyList<VerbGroup> All() =>
    [
        new("Every day", RunVerb.Create(), PauseVerb.Create(), ResumeVerb.Create(), RerunVerb.Create(),
            RunsVerb.Create(), ShowVerb.Create(), HistoryVerb.Create(), ExplainVerb.Create(), InquiryVerbs.List(),
            InquiryVerbs.Answer()),
        new("For authors", CheckVerb.Create(), RehearseVerb.Create(), GraphVerb.Create(), SchemaVerb.Create()),
        new("With a server", ServerVerbs.Watch(), ServerVerbs.Cancel(), ServerVerbs.Workflows(), ServerVerbs.Cluster(),
            ServerVerbs.Workers()),
        new("Operation", ServeVerb.Create(), WorkVerb.Create(), MigrateVerb.Create(), KeysVerb.Create(),
            HealthVerb.Create()),
    ];
}
