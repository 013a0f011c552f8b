using Executor.Core.Runs;
using Executor.Core.Values;
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
                ? new RunCommand.Answer(slot, outcome.Result ?? Value.Null, Person, now)
                : new RunCommand.FinishItem(slot, outcome.ToOutcome(), now);
        }

        var said = script.AnswerOf(named, sent.IsBound);
        if (said.IsAnswer)
        {
            return new RunCommand.Answer(slot, said.Result ?? Value.Null, Person, now);
        }

        var question = Question.Of(sent.Input);
        var isOpen = script.LeavesOpen(named);
        var end = question.Default is { } byDefault && (isOpen || said.Status == SlotStatus.Timeout)
            ? Asking.Answered(question.Read(byDefault).Response, by: null, now)
            : isOpen ? Asking.TooLate
            : said.ToOutcome();
        return new RunCommand.FinishItem(slot, end, now);
    }

    /// <summary>
    /// Whether a question ends at all: the script says how, or, where it does not, its time does.
    /// </summary>
    public static bool IsEverEnded(RehearsalScript script, Slot named, RunEvent.Dispatched asked) =>
        !script.LeavesOpen(named) || asked.IsBound;
}
