using Executor.Core;

namespace Executor.Actors.Cluster;

/// <summary>What a node that belongs to no cluster does next, look by look at the charter.</summary>
/// <param name="self">This node, as it would name itself in the charter.</param>
/// <param name="hasOthers">It knows whom to ask.</param>
/// <param name="patience">A beat that this many looks in a row have not seen move is that of a dead cluster.</param>
internal sealed class Vigil(string self, bool hasOthers, int patience)
{
    private Charter? _last;
    private int _unmoved;

    public VigilStep Next(Charter? seen)
    {
        var isSame = seen is not null && (seen.Id, seen.Beat) == (_last?.Id, _last?.Beat);
        var hasMoved = seen is not null && _last is not null && !isSame;
        _unmoved = isSame ? _unmoved + 1 : 0;
        _last = seen;
        // Whoever names itself as this node does had the port that this node holds now.
        if (seen is null || seen.Alone == self || _unmoved >= patience)
        {
            return VigilStep.Found;
        }

        return hasMoved && !hasOthers ? VigilStep.Refuse : VigilStep.Ask;
    }

    /// <summary>A call has failed: while the database was away nobody could renew either, so the patience begins anew.</summary>
    public void Miss() => _last = null;
}

internal enum VigilStep
{
    /// <summary>There is no cluster, or a dead one: found one, unless somebody else is faster.</summary>
    Found,

    /// <summary>There may be one: ask to be let in, and look again.</summary>
    Ask,

    /// <summary>There is one, and nobody to ask.</summary>
    Refuse,
}
