using Executor.Core.Expressions;

namespace Executor.Core.Runs.Reruns;

/// <summary>The start of a run that keeps what another has done: that is written down first, then the rest begins.</summary>
internal static class Rerunning
{
    /// <returns>Null when it has begun.</returns>
    public static Refusal? Begin(Draft draft, RerunPlan plan)
    {
        var openers = new Dictionary<(string Task, int Visit), TaskVisit>();
        foreach (var happened in plan.Kept)
        {
            draft.Add(happened is RunEvent.Arrived arrived ? Arrive(draft, arrived, openers) : happened);
        }

        var (parts, rounds) = (draft.Run.OpenVisits, draft.Run.WaitingRounds);
        foreach (var ordinal in parts)
        {
            if (Unsendable(draft.Run, draft.Run.Visits[ordinal]!) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var ordinal in parts)
        {
            Items.Fill(draft, ordinal);
        }

        foreach (var task in draft.Run.Graph!.Entries.Where(task => draft.Run.Track(task).Visits.IsEmpty))
        {
            Opening.Open(draft, task, 1, openedBy: null);
        }

        foreach (var round in rounds.Select(ordinal => draft.Run.Visits[ordinal]!))
        {
            if (openers.TryGetValue((round.Task.Name, round.Number), out var opener))
            {
                Opening.Open(draft, round.Task, round.Number, opener);
            }
        }

        return null;
    }

    /// <summary>
    /// The rest of a visit was checked when it opened, with all that its task could see then. What runs again has not
    /// been seen yet.
    /// </summary>
    private static Refusal? Unsendable(RunState run, TaskVisit visit)
    {
        if (visit.Task.IsParallel)
        {
            return null;
        }

        try
        {
            VisitTemplates.Of(run, visit).Require(visit.Plan!, visit.Again ?? []);
            return null;
        }
        catch (ExpressionException failed)
        {
            var message = $"What is left of '{visit.Task.Name}' cannot go on: {Faults.Text(failed)}";
            return new Refusal(RunCodes.RerunFailing, message, []);
        }
    }

    private static RunEvent.Arrived Arrive(
        Draft draft, RunEvent.Arrived arrived, Dictionary<(string Task, int Visit), TaskVisit> openers)
    {
        if (arrived.Visit > 0)
        {
            return arrived;
        }

        var from = draft.Run.Visit(arrived.FromTask, arrived.FromVisit)!;
        var target = draft.Run.Graph!.Find(arrived.Task)!;
        var number = Joins.NumberFor(draft.Run, from, target);
        if ((draft.Run.Visit(arrived.Task, number)?.Sources.Length ?? 0) + 1 == draft.Run.Graph.Needed(target))
        {
            openers.Add((arrived.Task, number), from);
        }

        return arrived with { Visit = number };
    }
}
