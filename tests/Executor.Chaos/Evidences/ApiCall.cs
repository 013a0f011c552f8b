using Executor.Core.Runs;

namespace Executor.Chaos.Evidences;

/// <summary>One call of the HTTP API by the load.</summary>
/// <param name="Run">Null where the answer named none.</param>
/// <param name="Status">0 when there was no answer.</param>
internal sealed record ApiCall(
    ApiCallKind Kind, DateTimeOffset At, TimeSpan Took, string Node, RunId? Run, int Status);

internal enum ApiCallKind
{
    Store,
    Start,
    Cancel,
    Show,
    Pause,
    Resume,
    Answer,
}
