using Executor.Core.Runs;

namespace Executor.Chaos.Evidences;

/// <summary>A row of the guard as it stands in the table.</summary>
internal sealed record GuardLine(
    DispatchId Id, RunId Run, Slot Slot, long Entry, SlotStatus Status, string? Worker, string? ClaimId, bool IsClosed);

/// <summary>A row for people about one attempt.</summary>
internal sealed record ExecutionLine(
    DispatchId Id, RunId Run, Slot Slot, long Sequence, SlotStatus Status, string Action, bool HasEnded, string? Error);

/// <summary>A row for people about one run.</summary>
/// <param name="Output">As JSON.</param>
internal sealed record RunLine(
    RunId Id, long Sequence, string Workflow, RunStatus Status, bool HasEnded, string Current, string Completed,
    string Failed, string Skipped, string Output, string? Error);

/// <summary>A row for people about one question.</summary>
/// <param name="Response">As JSON; null when there is none.</param>
internal sealed record QuestionLine(
    DispatchId Id, RunId Run, Slot Slot, SlotStatus Status, bool IsClosed, string? Response);

/// <param name="Object">As <c>run 81c4…</c>.</param>
internal sealed record AuditLine(string Action, string Object, string Outcome);
