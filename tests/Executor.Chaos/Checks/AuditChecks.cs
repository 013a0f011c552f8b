using Executor.Chaos.Evidences;

namespace Executor.Chaos.Checks;

/// <summary>A changing call was answered: then it stands in the audit.</summary>
internal static class AuditChecks
{
    public static IEnumerable<string> Complete(Evidence evidence)
    {
        var rows = evidence.Audit.ToLookup(row => (row.Object, KindOf(row.Action)));
        var answered = evidence.Calls.Where(call => call is { Kind: not ApiCallKind.Show, Run: not null, Status: 202 })
            .GroupBy(call => (Object: $"run {call.Run}", call.Kind));
        foreach (var calls in answered)
        {
            var accepted = rows[(calls.Key.Object, calls.Key.Kind)].Count(row => row.Outcome == "accepted");
            if (accepted < calls.Count())
            {
                yield return $"{calls.Key.Kind} of {calls.Key.Object} was answered {calls.Count()} times and has {accepted} audit rows";
            }
        }

        if (evidence.Offers.Any(offer => offer.Answers.Count == 0))
        {
            yield break;
        }

        var known = evidence.Offers.SelectMany(offer => offer.Answers).Select(run => $"run {run}").ToHashSet();
        foreach (var row in evidence.Audit.Where(row => row.Outcome == "accepted" && row.Object.StartsWith("run ", StringComparison.Ordinal)
            && !known.Contains(row.Object)))
        {
            yield return $"the audit tells of '{row.Action}' about {row.Object}, which nobody asked for";
        }
    }

    private static ApiCallKind KindOf(string action) =>
        action[(action.LastIndexOf('/') + 1)..] switch
        {
            "cancel" => ApiCallKind.Cancel,
            "pause" => ApiCallKind.Pause,
            "resume" => ApiCallKind.Resume,
            "answer" => ApiCallKind.Answer,
            _ => ApiCallKind.Start,
        };
}
