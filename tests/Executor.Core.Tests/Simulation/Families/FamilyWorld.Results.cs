using Executor.Core.Runs;
using Executor.Core.Tests.Simulation.Tables;

namespace Executor.Core.Tests.Simulation.Families;

/// <content>What a life of a run does next, and the results beside the journals, of each run its own.</content>
internal sealed partial class FamilyWorld
{
    private readonly Dictionary<RunId, ResultTable> _kept = [];

    public ResultTable KeptOf(RunId run)
    {
        if (!_kept.TryGetValue(run, out var kept))
        {
            _kept.Add(run, kept = new ResultTable());
        }

        return kept;
    }

    private void OfferLife(Life life)
    {
        if (life.IsWriting)
        {
            _moves.Add(() => life.Persist());
        }
        else if (life.IsAsking)
        {
            _moves.Add(life.HearLookUp);
        }
        else if (life.HasUnkept)
        {
            _moves.Add(() => life.Keep());
        }

        if (life.CanDecide)
        {
            _moves.Add(life.Decide);
        }

        if (life.IsTimeUp)
        {
            _moves.Add(() => life.Take(new Letter(new RunCommand.TimeUp(Now))));
        }
    }

    /// <summary>What a journal refers to is there; what leaves a run is whole.</summary>
    private void CheckReferences(RunId run, RunEvent[] entry)
    {
        foreach (var happened in entry)
        {
            foreach (var stored in ResultTable.In(happened))
            {
                FamilyViolation.Unless(KeptOf(run).Has(stored), $"{run} refers to a result that is not stored");
                FamilyViolation.Unless(
                    happened is not (RunEvent.Dispatched or RunEvent.RunEnded), $"{run} hands on a reference");
            }
        }
    }
}
