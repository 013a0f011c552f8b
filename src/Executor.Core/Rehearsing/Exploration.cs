using System.Collections.Immutable;
using Executor.Core.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Rehearsing;

/// <summary>
/// Rehearses a workflow many times, each time with another order of ends and other failures, and looks for runs that end
/// otherwise than expected or leave a join waiting for ever.
/// </summary>
public static class Exploration
{
    /// <param name="script">Its outcomes hold where chance lets them; its order does not.</param>
    /// <param name="trials">At least 1. Trial n has the seed <paramref name="seed"/> + n, so one trial can be repeated.</param>
    /// <param name="failures">Share of the attempts that end badly though the script lets them succeed, 0 to 1.</param>
    /// <param name="mayFail">Only attempts at these tasks; empty: at all.</param>
    /// <param name="workflows">As for <see cref="Rehearsal.Of"/>.</param>
    /// <returns>What was found, or why no run could start.</returns>
    public static (ExplorationReport? Report, Refusal? Refusal) Of(
        WorkflowSpec workflow, RehearsalScript script, int trials, long seed, double failures,
        ImmutableHashSet<string> mayFail, RunLimits? limits = null, Func<string, WorkflowSpec?>? workflows = null)
    {
        var found = new Dictionary<string, Finding>(StringComparer.Ordinal);
        var endings = new SortedDictionary<RunStatus, int>();
        var asked = new HashSet<Slot>();
        for (var trial = 0; trial < trials; trial++)
        {
            var drawn = unchecked(seed + trial);
            var (report, refusal) = Rehearsal.Of(workflow, Drawn(script, drawn, failures, mayFail), limits, workflows);
            if (report is null)
            {
                return (null, refusal);
            }

            asked.UnionWith(report.Asked);
            endings[report.Status] = endings.GetValueOrDefault(report.Status) + 1;
            var misses = Misses(script, report);
            if (!misses.IsEmpty)
            {
                var key = string.Join('\n', misses);
                found[key] = found.TryGetValue(key, out var known)
                    ? known with { Times = known.Times + 1 }
                    : new Finding(drawn, misses, 1, report);
            }
        }

        var neverAsked = new NeverAsked(asked).Of(script with { Order = new DeliveryOrder.Fifo() });
        return (
            new ExplorationReport(trials, seed, endings.ToImmutableSortedDictionary(), [.. found.Values], neverAsked), null);
    }

    private static RehearsalScript Drawn(
        RehearsalScript script, long seed, double failures, ImmutableHashSet<string> mayFail)
    {
        var order = new DeliveryOrder.Shuffle(seed);
        return script with { Order = order, Failures = new RandomFailures(seed, failures, mayFail) };
    }

    private static ImmutableArray<string> Misses(RehearsalScript script, RehearsalReport report) =>
    [
        .. report.Problems.Where(problem => problem.Code == RunCodes.JoinUnreachable).Select(problem => problem.Message),
        .. script.Expect.Misses(report),
    ];
}

/// <param name="Endings">How many of the trials ended how.</param>
/// <param name="Findings">In the order in which they came up, those that say the same as one.</param>
/// <param name="NeverAsked">Parts of the script, but for its order, that no trial asked for.</param>
public sealed record ExplorationReport(
    int Trials,
    long Seed,
    ImmutableSortedDictionary<RunStatus, int> Endings,
    ImmutableArray<Finding> Findings,
    ImmutableArray<string> NeverAsked);

/// <summary>Something that went otherwise than expected.</summary>
/// <param name="Seed">Of the first trial that showed it; exploring one trial with it shows it again.</param>
/// <param name="Sentences">What was expected and what came.</param>
/// <param name="Times">How many trials showed it.</param>
/// <param name="Report">Of the first trial.</param>
public sealed record Finding(long Seed, ImmutableArray<string> Sentences, int Times, RehearsalReport Report);
