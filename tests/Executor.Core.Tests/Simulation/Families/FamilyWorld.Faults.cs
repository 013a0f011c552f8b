namespace Executor.Core.Tests.Simulation.Families;

/// <content>What can go wrong at any time, as often as the program allows.</content>
internal sealed partial class FamilyWorld
{
    private void OfferFaults()
    {
        foreach (var node in _nodes)
        {
            if (node.Lives.Count > 0)
            {
                _moves.Add(node.Die);
            }

            foreach (var life in node.Lives.Values)
            {
                var (run, other) = (life.Id, Array.IndexOf(_nodes, node) == 0 ? 1 : 0);
                _moves.Add(() => _homes[run] = other);
                _moves.Add(() => Fall(life));
                if (life.IsWriting)
                {
                    _moves.Add(() => life.Persist(isHeard: false));
                }
                else if (life.HasUnkept)
                {
                    _moves.Add(() => life.Keep(isHeard: false));
                }
                else if (life.IsIdle)
                {
                    _moves.Add(life.Rest);
                }
            }

            if (node.Dues.TryPeek(out var due))
            {
                _moves.Add(() => Take(due.Step));
            }

            foreach (var errand in node.Errands.Where(errand => errand.Letter is { IsLost: false }))
            {
                _moves.Add(() => errand.Letter = null);
            }
        }
    }
}
