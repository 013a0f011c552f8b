using Executor.Chaos.Evidences;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Chaos.Checks;

/// <summary>Questions to people: of all answers one counts, and everybody is told the same.</summary>
internal static class QuestionChecks
{
    public static IEnumerable<string> OneAnswer(Evidence evidence)
    {
        var asked = evidence.Journals
            .SelectMany(journal => journal.OfType<RunEvent.Dispatched>().Where(sent => sent.IsQuestion)
                .Select(sent => (sent.Id, journal.Run, sent.Slot, End: EndOf(journal, sent.Slot))))
            .ToDictionary(one => one.Id);
        foreach (var taken in evidence.Offers.SelectMany(offer => offer.Answered))
        {
            if (!asked.TryGetValue(taken.Question, out var question) || ResponseOf(question.End) != Value.Of(taken.Response).ToString())
            {
                yield return $"'{taken.Response}' was told to count for {taken.Question}; its end is {question.End}";
            }
        }

        var rows = evidence.Questions.ToLookup(row => row.Id);
        foreach (var question in asked.Values)
        {
            var row = rows[question.Id].FirstOrDefault();
            if (row is null || !row.IsClosed || row.Status != question.End?.Status || Json(row.Response) != ResponseOf(question.End))
            {
                yield return $"the row of {question.Run} {question.Slot} is {row}; the journal says {question.End}";
            }
        }

        foreach (var row in evidence.Questions.Where(row => !asked.ContainsKey(row.Id)))
        {
            yield return $"{row.Run} {row.Slot} has a question's row and no dispatch";
        }
    }

    private static ItemOutcome? EndOf(RunJournal journal, Slot slot) =>
        journal.OfType<RunEvent.ItemFinished>().FirstOrDefault(end => end.Slot == slot)?.Outcome;

    /// <returns>As JSON; null when nobody has answered.</returns>
    private static string? ResponseOf(ItemOutcome? end) =>
        end is { Status: SlotStatus.Completed, Result: Value.Map result } && result.TryGet("response", out var response)
            ? response.ToString()
            : null;

    private static string? Json(string? text) => text is null ? null : ValueJson.Parse(text).ToString();
}
