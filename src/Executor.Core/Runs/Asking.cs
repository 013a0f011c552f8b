using System.Collections.Immutable;
using Executor.Core.Expressions;
using Executor.Core.Values;
using Executor.Core.Workflows;

namespace Executor.Core.Runs;

/// <summary>Tasks that ask a person. A question is out like any attempt, but no worker has it: the run itself ends it.</summary>
/// <remarks>
/// Answers, the end of its time and every stop are commands to the same run, so the first of them in its journal is the
/// end of the question, and all others find that it is closed. Its row is for people, and leads from its id to the run.
/// </remarks>
internal static class Asking
{
    /// <summary>The end of a question whose time is up, where nothing answers in place of people.</summary>
    public static readonly ItemOutcome TooLate =
        ItemOutcome.Untold(SlotStatus.Timeout, "inquiry timed out", RunCodes.TaskTimeout);

    public static Decision Answer(RunState run, RunCommand.Answer answer, KnownActions? actions)
    {
        var slot = answer.Slot;
        if (!run.InFlight.TryGetValue(slot, out var open))
        {
            return NotOpen(run, slot);
        }

        if (!open.Dispatched.IsQuestion)
        {
            return Decision.Refused(RunCodes.InquiryUnknown, $"{slot} of run {run.Id} is no question.");
        }

        var given = answer.GivenAt ?? answer.At;
        if (open.Dispatched.IsBound && given > open.Dispatched.Due && !run.HoldsBack)
        {
            return TimeWasUp(run, open.Dispatched);
        }

        var (response, problems) = Question.Of(open.Dispatched.Input).Read(answer.Response);
        if (!problems.IsEmpty)
        {
            return Refused(problems);
        }

        var draft = new Draft(run, answer.At, actions);
        Finishing.Attempt(draft, slot, Answered(response, answer.By, given), byRun: false);
        return draft.Complete();
    }

    /// <summary>Nobody has answered in time.</summary>
    public static void Expire(Draft draft, RunEvent.Dispatched asked)
    {
        var question = Question.Of(asked.Input);
        var outcome = question.Default is { } response
            ? Answered(question.Read(response).Response, by: null, draft.At)
            : TooLate;
        Finishing.Attempt(draft, asked.Slot, outcome, byRun: false);
    }

    /// <summary>An answer would lead to nothing any more, so nobody need give one.</summary>
    public static void CloseAll(Draft draft)
    {
        var stopping = draft.Run.IsStopping;
        var outcome = stopping
            ? ItemOutcome.Untold(SlotStatus.Cancelled, "The question was closed unanswered", RunCodes.TaskCancelled)
            : new ItemOutcome(SlotStatus.Skipped, Value.Null);
        var open = draft.Run.InFlight.Values.Where(one => one.Dispatched.IsQuestion).OrderBy(one => one.Number);
        foreach (var slot in open.Select(one => one.Dispatched.Slot).ToList())
        {
            draft.Add(new RunEvent.ItemFinished(slot, outcome, Last: true, ByRun: false, draft.At));
        }
    }

    /// <summary>As a row, and for whoever must see to it that it has one.</summary>
    public static InquiryRow RowOf(RunState run, OpenSlot open) => RowOf(run, open.Dispatched, open.Entry);

    /// <param name="sequence">Of the entry that the row shows.</param>
    public static InquiryRow RowOf(RunState run, RunEvent.Dispatched asked, long sequence) => new(
        asked.Id, run.Id, asked.Slot, sequence, run.Workflow!.Ref, SlotStatus.Running, asked.Input, asked.At,
        asked.IsBound ? asked.Due : null, ClosedAt: null, Response: null, RespondedBy: null);

    /// <summary>The row of a question that has ended.</summary>
    public static InquiryRow Closed(InquiryRow open, ItemOutcome outcome, DateTimeOffset at, long sequence)
    {
        var answer = outcome is { Status: SlotStatus.Completed, Result: Value.Map result } ? result : Value.Map.Empty;
        return open with
        {
            Sequence = sequence,
            Status = outcome.Status,
            ClosedAt = at,
            Response = answer.TryGet("response", out var response) ? response : null,
            RespondedBy = answer.TryGet("responded_by", out var by) && by is Value.Text name ? name.Content : null,
        };
    }

    /// <param name="by">Null: nobody has, and the question's own default counts.</param>
    public static ItemOutcome Answered(Value response, string? by, DateTimeOffset at) => new(
        SlotStatus.Completed,
        new Value.Map(
        [
            KeyValuePair.Create("response", response),
            KeyValuePair.Create("responded_by", Value.Of(by)),
            KeyValuePair.Create("responded_at", Value.Of(IsoTime.Write(at))),
        ]));

    /// <summary>A slot that has not ended was opened by another incarnation: this state is stale.</summary>
    private static Decision NotOpen(RunState run, Slot slot) => run.EndOf(slot) is { } end
        ? Decision.Refused(
            RunCodes.InquiryClosed, $"The question of '{slot.Task}' in run {run.Id} is closed: {StatusWords.Of(end)}.")
        : Decision.Refused(RunCodes.SlotUnknown, $"{slot} was never dispatched by this state of run {run.Id}.");

    private static Decision TimeWasUp(RunState run, RunEvent.Dispatched asked) => Decision.Refused(
        RunCodes.InquiryClosed,
        $"The question of '{asked.Slot.Task}' in run {run.Id} is closed: its time was up at {IsoTime.Write(asked.Due)}.");

    private static Decision Refused(ImmutableArray<InputProblem> problems)
    {
        var causes = problems.Select(one => new RunProblem(one.Code, one.Text)).ToImmutableArray();
        var message = $"This does not answer the question: {string.Join(' ', causes.Select(one => one.Message))}";
        return new Decision([], new Refusal(RunCodes.InquiryInvalid, message, causes));
    }
}
