using System.Collections.Immutable;

namespace Executor.Core.Rehearsing;

/// <summary>All keys of a script, by the map in which they stand.</summary>
public static class ScriptKeys
{
    public static readonly ImmutableArray<string> Script = ["inputs", "script", "order", "controls", "expect"];

    public static readonly ImmutableArray<string> Outcomes = ["default", "tasks"];

    public static readonly ImmutableArray<string> VisitWithItems = ["items"];

    public static readonly ImmutableArray<string> Outcome = ["status", "result", "error", "answer"];

    /// <summary>Of a visit without items, or of one item.</summary>
    public static readonly ImmutableArray<string> Attempts = [.. Outcome, "attempts"];

    public static readonly ImmutableArray<string> Control = ["after", "op"];

    public static readonly ImmutableArray<string> Expectation = ["status", "output", "variables", "dispatches", "not_run"];
}
