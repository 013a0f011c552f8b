using System.Collections.Immutable;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>The answer to one command: all its events, stored as one journal entry, or a refusal, or nothing.</summary>
public sealed record Decision(ImmutableArray<RunEvent> Events, Refusal? Refusal = null)
{
    public static readonly Decision Nothing = new(ImmutableArray<RunEvent>.Empty);

    /// <summary>
    /// Names of actions of which must be known, before anything can be decided, whether they are workflows and which.
    /// Nothing has happened: the same command is to be decided again, with what was found of them in
    /// <see cref="KnownActions"/>. It may ask for more then.
    /// </summary>
    /// <remarks>
    /// A name may be rendered, so nobody can tell before the decision which workflows it calls; and a step of its own
    /// would leave visits half open and one more thing that must survive crashes. Here nothing is stored before all is
    /// known, and whoever asked the run repeats its message, as ever.
    /// </remarks>
    public ImmutableArray<string> Asks { get; init; } = [];

    /// <summary>
    /// Results whose contents must be at hand, before anything can be decided; as <see cref="Asks"/> otherwise. It may
    /// need more then.
    /// </summary>
    /// <remarks>
    /// Only an expression knows what it reads, and what it reads may depend on what it has read before. Most conditions
    /// read nothing of a large result, so nothing is fetched before somebody looks.
    /// </remarks>
    public ImmutableArray<StoredResult> Needs { get; init; } = [];

    /// <summary>Nothing is decided yet: something must be known first.</summary>
    public bool IsOpen => !Asks.IsEmpty || !Needs.IsEmpty;

    public bool IsEmpty => Events.IsEmpty;

    public static Decision Of(IEnumerable<RunEvent> events) => new([.. events]);

    public static Decision Refused(string code, string message) =>
        new(ImmutableArray<RunEvent>.Empty, new Refusal(code, message, []));
}

/// <summary>The domain says no; nothing was stored.</summary>
/// <param name="Code">Stable, for example <c>input.missing</c> or <c>run.ended</c>.</param>
/// <param name="Problems">All causes where there are several; empty when the code says all.</param>
public record Refusal(string Code, string Message, ImmutableArray<RunProblem> Problems);

/// <summary>Something that went wrong in a run, for people and for programs.</summary>
/// <param name="Task">Null when it concerns the run as a whole.</param>
/// <param name="IsUnhandledTask">A visit of the task ended badly and none of its transitions took care of it.</param>
public sealed record RunProblem(
    string Code, string Message, string? Task = null, bool IsWarning = false, bool IsUnhandledTask = false);
