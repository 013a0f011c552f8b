using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Explaining;

/// <summary>What is said of the attempts of a visit that did not succeed, where its end does not say it all.</summary>
internal static class AttemptSentences
{
    private const int MostCauses = 3;

    public static IEnumerable<Sentence> Of(RunState run, TaskVisit visit, VisitStory story)
    {
        var attempts = story.Attempts;
        return Told(attempts.First).Concat(LeftOut(story)).Concat(Told(attempts.Last));

        IEnumerable<Sentence> Told(IEnumerable<AttemptStory> some) => some.Where(one => one.IsTold)
            .Select(one => new Sentence(SentenceKind.Attempt, story.Task, story.Number, Text(run, visit, one)));
    }

    private static IEnumerable<Sentence> LeftOut(VisitStory story)
    {
        if (story.Attempts.LeftOut is > 0 and var count)
        {
            yield return new Sentence(
                SentenceKind.LeftOut, story.Task, story.Number,
                $"{Wording.Counted(count, "more attempt")} that did not succeed {(count == 1 ? "is" : "are")} left out here; "
                + $"its history has {(count == 1 ? "it" : "them")}.");
        }
    }

    private static string Text(RunState run, TaskVisit visit, AttemptStory one)
    {
        var (slot, outcome) = (one.Ended.Slot, one.Ended.Outcome);
        var item = slot.Item == Slot.NoItem ? "" : $" of item {slot.Item}";
        var error = outcome.Error is null ? "" : $": {outcome.Error.TrimEnd('.')}";
        return $"Attempt {slot.Attempt}{item} ended {StatusWords.Of(outcome.Status)}{error}.{Called(run, visit, one)}{What(one)}";
    }

    private static string What(AttemptStory one) => one switch
    {
        { Next: { WorkerLost: true } } => " The next one followed at once, because the task is idempotent.",
        { Next: { } next } => $" The next one was due at {Wording.Time(next.Due)}.",
        { WhyLast: { } why } => $" {why}",
        _ => "",
    };

    private static string Called(RunState run, TaskVisit visit, AttemptStory one)
    {
        if (visit.Plan is not { IsCall: true })
        {
            return "";
        }

        var causes = one.Ended.Outcome.Result is Value.Map result && result.TryGet("causes", out var all) && all is Value.List list
            ? string.Concat(list.Take(MostCauses).OfType<Value.Map>().Select(Cause))
            : "";
        return $"{causes} It was run {RunId.OfCall(DispatchId.Of(run.Id, one.Ended.Slot))}, which explains itself.";
    }

    private static string Cause(Value.Map cause) =>
        cause.TryGet("message", out var message) && message is Value.Text said ? $" {said.Content.TrimEnd('.')}." : "";
}
