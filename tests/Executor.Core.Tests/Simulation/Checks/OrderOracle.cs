using Executor.Core.Tests.Simulation.Engine;
using Executor.Core.Tests.Simulation.Programs;

namespace Executor.Core.Tests.Simulation.Checks;

/// <summary>
/// The language promises that outcome, visits and attempts do not depend on the order of anything: every undisturbed
/// run of a workflow is compared with the dullest one.
/// </summary>
internal sealed class OrderOracle(Scenario scenario, Build build)
{
    public const string Name = "ORDER";

    private HashSet<string>? _expected;

    public Violation? Compare(World world)
    {
        var journal = world.Checks.Journal;
        if (build.Watched is not null
            || !scenario.IsOrderFree
            || journal.IsCancelAsked
            || !journal.HasEnded
            || journal.IsStopping
            || !FollowsScript(journal))
        {
            return null;
        }

        _expected ??= Expected();
        var told = Tell(journal);
        if (_expected.Count == 0 || _expected.SetEquals(told))
        {
            return null;
        }

        return new Violation(
            Name,
            $"another order gives another outcome: {string.Join(", ", told.Except(_expected).Order())}"
                + $" instead of {string.Join(", ", _expected.Except(told).Order())}");
    }

    /// <returns>Empty when the run is stopped half way: then the order decides what it comes to.</returns>
    private HashSet<string> Expected()
    {
        var dull = new World(scenario, new Profile(), build, Schedule.Of([]));
        var violation = dull.Play();
        return dull.Checks.Journal.IsStopping || violation is not null ? [] : Tell(dull.Checks.Journal);
    }

    /// <summary>No attempt was abandoned, or ended by the run itself.</summary>
    private bool FollowsScript(JournalChecks journal)
    {
        foreach (var (slot, finished) in journal.Finished)
        {
            if (finished.ByRun || scenario.Script.Of(slot).Status != finished.Outcome.Status)
            {
                return false;
            }
        }

        return true;
    }

    private static HashSet<string> Tell(JournalChecks journal)
    {
        var visits = journal.Visits.Select(visit => $"{visit.Key.Task}/{visit.Key.Visit} {visit.Value.End}");
        var slots = journal.Dispatched.Keys.Select(slot => slot.ToString());
        return [$"{journal.End}", .. visits, .. slots];
    }
}
