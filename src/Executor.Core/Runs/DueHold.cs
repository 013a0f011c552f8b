namespace Executor.Core.Runs;

/// <summary>One incarnation's hold on the row that says when somebody must look after its run.</summary>
/// <remarks>
/// A node that stood still and goes on may store an entry of a run that lives elsewhere by now, and then die. What lives
/// elsewhere does not know that entry, so nothing of it may be forgotten until somebody reads the journal again. Four
/// rules see to that, each by a compare-and-set of one row:
/// <list type="bullet">
/// <item>Nobody stores an entry, but the first of a run, without holding the row, with a time that is near.</item>
/// <item>Only its holder puts the time far away. Who finds that another holds the row reads the journal again.</item>
/// <item>And only one that is known to be the last that writes: it has stored an entry since it took the row, or took it
/// from nobody, with a journal as long as its own. One that has nothing to store proves it by an empty entry.</item>
/// <item>The same holds for removing the row of a run that was to be started and was not: the empty entry is the first,
/// so that a start which comes after all needs the row.</item>
/// </list>
/// </remarks>
/// <param name="holder">Names this incarnation.</param>
/// <param name="patience">How long a run may stay unnoticed when its node dies.</param>
public sealed class DueHold(RunId run, string holder, TimeSpan patience)
{
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;
    private DueStep? _asked;
    private long _entriesWhenAsked;
    private DateTimeOffset? _kept;
    private bool _isLastWriter;
    private bool _isDoubted;
    private bool _isDropping;

    /// <summary>Whether an entry may be stored now.</summary>
    /// <param name="entries">Stored so far.</param>
    public bool MayStore(long entries, DateTimeOffset now) =>
        (entries == 0 && !_isDropping)
        || (_kept <= now + patience && _asked switch
        {
            DueStep.Move move => move.Due <= now + patience,
            DueStep.Drop => false,
            _ => true,
        });

    /// <param name="entries">With this one.</param>
    public void Stored(long entries) => _isLastWriter |= (entries > 1 || _isDropping) && _kept is not null;

    /// <summary>Somebody has found the time passed, or the run forgotten otherwise.</summary>
    /// <returns>A step whose answer may be lost: to be asked again. Only the answer to the last counts.</returns>
    public DueStep? Doubt()
    {
        _isDoubted = true;
        return _asked = _asked is null ? null : _asked with { };
    }

    /// <summary>The row of a run that was never started is on its way out.</summary>
    public bool IsDropping => _isDropping;

    /// <summary>What is to be done about the row now.</summary>
    /// <param name="isKnown">The guard knows all that the run has decided on: nothing is lost with this node.</param>
    /// <param name="isStoring">An entry is being written, or something waits to be decided.</param>
    public DueWish Next(RunState state, bool isKnown, bool isStoring, DateTimeOffset now)
    {
        if (_asked is not null)
        {
            return DueWish.None;
        }

        if (!state.HasStarted && !_isDropping && !(isStoring && state.Entries > 0))
        {
            return DueWish.None;
        }

        var near = now + patience;
        var right = RightFor(state, isKnown, now);
        if (_kept is not { } kept)
        {
            return Ask(new DueStep.Take(run, holder, Earlier(right, near)), state);
        }

        if (!state.HasStarted)
        {
            return NextUnstarted(state, isStoring);
        }

        right = isStoring ? Earlier(right, near) : right;
        var isPassed = kept <= now && right > kept;
        if (right >= kept && (state.HasEnded || !(isPassed || _isDoubted)))
        {
            return DueWish.None;
        }

        return right <= near || _isLastWriter ? Ask(new DueStep.Move(run, holder, right), state) : DueWish.Proof;
    }

    /// <summary>The run was to be started and was not, and nothing that would start it is here.</summary>
    public void Drop() => _isDropping = true;

    /// <summary>This incarnation stores nothing more, unless it takes the row again.</summary>
    /// <returns>Null: the row is to stay as it is.</returns>
    public DueStep? Release(RunState state, bool isKnown, DateTimeOffset now)
    {
        if (!_isLastWriter || !state.HasStarted || state.HasEnded)
        {
            return null;
        }

        (_kept, _asked, _isLastWriter) = (null, null, false);
        return new DueStep.Release(run, holder, RightFor(state, isKnown, now), state.Entries);
    }

    /// <param name="before">The row as it was before the step; null when there was none.</param>
    /// <returns>False: another incarnation has written, or may have. The journal is to be read again.</returns>
    public bool Hear(DueStep step, DueRow? before)
    {
        if (!ReferenceEquals(step, _asked))
        {
            return true;
        }

        _asked = null;
        switch (step)
        {
            case DueStep.Take take:
                _kept = take.Due;
                _isLastWriter |= before is { Holder: null } && _entriesWhenAsked > 0;
                return before is not { Holder: null } || before.Entries <= _entriesWhenAsked;
            case DueStep.Move move:
                _kept = move.Due;
                return before?.Holder == holder;
            case DueStep.Drop:
                (_kept, _isDropping, _isLastWriter) = (null, false, false);
                return true;
            default:
                return true;
        }
    }

    private DueWish NextUnstarted(RunState state, bool isStoring) =>
        isStoring || !_isDropping ? DueWish.None
        : _isLastWriter ? Ask(new DueStep.Drop(run, holder), state)
        : DueWish.Proof;

    /// <summary>A run that has ended stays due until its last row is written: it would rest with rows that say it goes on.</summary>
    private DateTimeOffset RightFor(RunState state, bool isKnown, DateTimeOffset now) =>
        state.HasEnded ? now : Earlier(state.NextDue ?? Never, isKnown ? Never : now + patience);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private DueWish Ask(DueStep step, RunState state)
    {
        (_asked, _entriesWhenAsked, _isDoubted) = (step, state.Entries, false);
        return new DueWish(step, WantsProof: false);
    }
}
