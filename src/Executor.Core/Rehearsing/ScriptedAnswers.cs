using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Rehearsing;

/// <summary>What a rehearsed run is told at the end of an attempt; questions are answered by the script.</summary>
internal static class ScriptedAnswers
{
    private const string Person = "script";

    /// <param name="named">As the script names it.</param>
    /// <param name="slot">As the run names it.</param>
    public static RunCommand Of(
        RehearsalScript script, Slot named, Slot slot, RunEvent.Dispatched sent, DateTimeOffset now)
    {
        if (!sent.IsQuestion)
        {
            var outcome = script.OutcomeOf(named);
            // The run itself says that this was no question.
            return outcome.IsAnswer
                ? new RunCommand.Answer(slot, outcome.Result, Person, now)
                : new RunCommand.FinishItem(slot, outcome.ToOutcome(), now);
        }

        var said = script.AnswerOf(named, sent.IsBound);
        if (said.IsAnswer)
        {
            return new RunCommand.Answer(slot, said.Result, Person, now);
        }

        var question = Question.Of(sent.Input);
        var byDefault = question.Default is { } written ? question.Read(written).Response : null;
        var isUnsaid = said.Status == SlotStatus.Completed && !script.Says(named);
        return isUnsaid || (said.Status == SlotStatus.Timeout && byDefault is not null)
            ? new RunCommand.FinishItem(slot, Asking.Answered(byDefault ?? said.Result, by: null, now), now)
            : new RunCommand.FinishItem(slot, said.ToOutcome(), now);
    }
}
