using Executor.Chaos.Evidences;
using Executor.Core.Runs;

namespace Executor.Chaos.Checks;

/// <summary>Runs that other runs have called.</summary>
internal static class CallChecks
{
    public static IEnumerable<string> BothWays(Evidence evidence)
    {
        var journals = evidence.Journals.ToLookup(journal => journal.Run);
        foreach (var journal in evidence.Journals)
        {
            var ends = journal.OfType<RunEvent.ItemFinished>().ToLookup(end => end.Slot, end => end.Outcome.Status);
            foreach (var call in CallsOf(journal))
            {
                var called = RunId.OfCall(call.Id);
                if (OfCalled(journals[called].FirstOrDefault(), ends[call.Slot].Cast<SlotStatus?>().FirstOrDefault()) is { } problem)
                {
                    yield return $"{journal.Run} {call.Slot} has called {called}, {problem}";
                }
            }

            if (journal.OfType<RunEvent.RunStarted>().FirstOrDefault() is { Parent: { } parent } started
                && OfCaller(journals[parent.Run].FirstOrDefault(), journal.Run, parent, started.Limits.MaxDepth) is { } wrong)
            {
                yield return $"{journal.Run} was called by {parent.Run} {parent.Slot}, {wrong}";
            }
        }
    }

    public static IEnumerable<RunEvent.Dispatched> CallsOf(RunJournal journal) =>
        journal.OfType<RunEvent.Dispatched>().Where(sent => sent.IsCall);

    /// <param name="told">Null: the caller has not heard of an end.</param>
    private static string? OfCalled(RunJournal? called, SlotStatus? told)
    {
        if (called is null)
        {
            return "which has no journal";
        }

        if (called.OfType<RunEvent.RunEnded>().FirstOrDefault() is not { } end)
        {
            return "which has not ended";
        }

        return told is { } status && StatusWords.Of(status) == StatusWords.Of(end.Status)
            ? null
            : $"which is {end.Status}, and was told that it is {told?.ToString() ?? "under way"}";
    }

    private static string? OfCaller(RunJournal? caller, RunId called, RunParent parent, int mostDepth)
    {
        if (caller is null || CallsOf(caller).All(call => RunId.OfCall(call.Id) != called || call.Slot != parent.Slot))
        {
            return "whose journal knows nothing of it";
        }

        var depth = caller.StateAt(1).Depth + 1;
        return parent.Depth != depth || depth > mostDepth
            ? $"and is {parent.Depth} deep, {depth} below the first; {mostDepth} are allowed"
            : null;
    }
}
