using System.Collections.Immutable;

namespace Executor.Core.Runs;

/// <summary>The answer to one command: all its events, stored as one journal entry, or a refusal, or nothing.</summary>
public sealed record Decision(ImmutableArray<RunEvent> Events, Refusal? Refusal = null)
{
    public static readonly Decision Nothing = new(ImmutableArray<RunEvent>.Empty);

    public bool IsEmpty => Events.IsEmpty;

    public static Decision Of(IEnumerable<RunEvent> events) => new([.. events]);

    public static Decision Refused(string code, string message) =>
        new(ImmutableArray<RunEvent>.Empty, new Refusal(code, message, []));
}

/// <summary>The domain says no; nothing was stored.</summary>
/// <param name="Code">Stable, for example <c>input.missing</c> or <c>run.ended</c>.</param>
/// <param name="Problems">All causes where there are several; empty when the code says all.</param>
public sealed record Refusal(string Code, string Message, ImmutableArray<RunProblem> Problems);

/// <summary>Something that went wrong in a run, for people and for programs.</summary>
/// <param name="Task">Null when it concerns the run as a whole.</param>
/// <param name="IsUnhandledTask">A visit of the task ended badly and none of its transitions took care of it.</param>
public sealed record RunProblem(
    string Code, string Message, string? Task = null, bool IsWarning = false, bool IsUnhandledTask = false);
