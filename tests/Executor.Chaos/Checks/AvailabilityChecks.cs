using Executor.Chaos.Evidences;
using Executor.Chaos.Faults;

namespace Executor.Chaos.Checks;

/// <summary>Calls that no fault can excuse.</summary>
internal static class AvailabilityChecks
{
    /// <summary>Fewer calls than this tell nothing about one in a thousand.</summary>
    private const int Fewest = 1_000;

    public static IEnumerable<string> Answered(Evidence evidence)
    {
        foreach (var problem in evidence.NotBack)
        {
            yield return problem;
        }

        var judged = evidence.Calls.Where(call => !evidence.Faults.Any(
            fault => fault.Begin < call.At + call.Took && fault.End + fault.Kind.Recovery() > call.At)).ToList();
        var failed = judged.Where(call => call.Status is 0 or >= 500).ToList();
        if (judged.Count >= Fewest && failed.Count * 1_000 > judged.Count)
        {
            yield return $"{failed.Count} of {judged.Count} calls failed while nothing was wrong: "
                + string.Join(", ", failed.Take(5).Select(call => $"{call.Kind} at {call.At:HH:mm:ss} {call.Node} {call.Status} after {call.Took.TotalSeconds:0.0} s"));
        }
    }
}
