namespace Executor.Actors.Completions;

/// <param name="Prefetch">Results in hand at a time.</param>
/// <param name="Patience">How long a run may take to store a result before it is asked again.</param>
/// <param name="RequeuePause">Before the first return of a result to its queue; doubles with each, up to twelve times.</param>
public sealed record CompletionOptions(int Prefetch, TimeSpan Patience, TimeSpan RequeuePause);
