using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Rehearsing;

/// <summary>What an author expects of a run, whatever the order in which its tasks end. All of it is optional.</summary>
/// <param name="Statuses">Any of these; empty: any at all.</param>
/// <param name="Output">These entries of the output; others may be there.</param>
/// <param name="Variables">These variables at the end; others may be there.</param>
/// <param name="Dispatches">How often something is dispatched for these tasks, over all visits, items and attempts.</param>
/// <param name="NotRun">Tasks that are never entered.</param>
public sealed record Expectation(
    ImmutableArray<RunStatus> Statuses,
    Value.Map Output,
    Value.Map Variables,
    ImmutableSortedDictionary<string, int> Dispatches,
    ImmutableArray<string> NotRun)
{
    public static readonly Expectation Nothing = new(
        [], Value.Map.Empty, Value.Map.Empty, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal), []);

    /// <summary>A sentence for each thing that went otherwise; empty when all went as expected.</summary>
    public ImmutableArray<string> Misses(RehearsalReport report)
    {
        var misses = ImmutableArray.CreateBuilder<string>();
        if (!Statuses.IsEmpty && !Statuses.Contains(report.Status))
        {
            misses.Add(
                $"It ended {StatusWords.Of(report.Status)}, not {string.Join(" or ", Statuses.Select(StatusWords.Of))}.");
        }

        Compare("output", Output, (Value.Map)report.Output, misses);
        Compare("variable", Variables, report.Variables, misses);
        foreach (var (task, expected) in Dispatches)
        {
            var sent = report.Dispatches.Count(dispatch => dispatch.Slot.Task == task);
            if (sent != expected)
            {
                misses.Add($"'{task}' was dispatched {sent} times, not {expected}.");
            }
        }

        misses.AddRange(NotRun.Where(task => report.Tasks.Any(visit => visit.Task == task))
            .Select(task => $"'{task}' ran, though it should not."));
        return misses.ToImmutable();
    }

    private static void Compare(
        string what, Value.Map expected, Value.Map found, ImmutableArray<string>.Builder misses)
    {
        foreach (var (name, value) in expected)
        {
            if (!found.TryGet(name, out var actual))
            {
                misses.Add($"There is no {what} '{name}'; expected was {value}.");
            }
            else if (actual != value)
            {
                misses.Add($"The {what} '{name}' is {actual}, not {value}.");
            }
        }
    }
}
