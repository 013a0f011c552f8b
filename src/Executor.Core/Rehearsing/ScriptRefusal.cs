using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Rehearsing;

/// <summary>What the script says of a place cannot be.</summary>
/// <param name="InScript">The same with the place in its text; null when no text says it.</param>
public sealed record ScriptRefusal(
    string Code, string Message, ImmutableArray<RunProblem> Problems, SpecProblem? InScript)
    : Refusal(Code, Message, Problems)
{
    /// <param name="named">As the script names it.</param>
    internal static ScriptRefusal Of(Refusal refusal, Slot named, Position? at)
    {
        var message = $"The answer for '{named.Task}' ({named}): {refusal.Message}";
        var advice = refusal.Code == RunCodes.InquiryUnknown
            ? "Write 'result' in the place of 'answer': the task asks nobody."
            : "Answer as the question's response_schema or its options say.";
        return new ScriptRefusal(
            refusal.Code, message, [], at is { } place ? new SpecProblem(refusal.Code, message, place, advice) : null);
    }
}
