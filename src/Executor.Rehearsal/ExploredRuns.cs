using Executor.Core.Rehearsing;

namespace Executor.Rehearsal;

/// <summary>What many random rehearsals have found.</summary>
public sealed class ExploredRuns
{
    private readonly TaskNames _names;

    internal ExploredRuns(ExplorationReport report, TaskNames names)
    {
        Report = report;
        _names = names;
    }

    /// <summary>
    /// Each as a text: its seed, how many trials showed it, and what went otherwise than expected. Exploring one trial with
    /// this seed shows it again.
    /// </summary>
    public IReadOnlyList<string> Findings =>
    [
        .. Report.Findings.Select(finding =>
            $"seed {finding.Seed} ({finding.Times} of {Report.Trials} trials): {string.Join(' ', finding.Sentences)}"),
    ];

    /// <summary>Parts of the script, but for its order, that no run asked for: <c>task 'x', visit 2, item 5</c>.</summary>
    public IReadOnlyList<string> NeverAsked => Report.NeverAsked;

    internal ExplorationReport Report { get; }

    /// <exception cref="RehearsalExpectationException">At least one run went otherwise than expected.</exception>
    public ExploredRuns ShouldAllBeAsExpected() => Report.Findings.IsEmpty
        ? this
        : throw new RehearsalExpectationException(
            $"{string.Join('\n', Findings)}\n\n"
            + string.Join('\n', new RehearsedRun(Report.Findings[0].Report, Expectation.Nothing, _names).Explain()));
}
