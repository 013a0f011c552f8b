namespace Executor.Core.Runs;

/// <summary>A change of the row that says when somebody must look after a run, and who has the run in hand.</summary>
public abstract record DueStep
{
    private DueStep(RunId run) => Run = run;

    public RunId Run { get; }

    /// <summary>What every store makes of it.</summary>
    /// <param name="before">Null: there is no row.</param>
    /// <returns>Null: no row is left.</returns>
    public DueRow? Apply(DueRow? before) => this switch
    {
        Remind remind => before is null ? new DueRow(remind.Due, null, 0)
            : remind.Due < before.Due ? before with { Due = remind.Due } : before,
        Take take => new DueRow(take.Due, take.Holder, before?.Entries ?? 0),
        Move move => before?.Holder == move.Holder ? before with { Due = move.Due } : before,
        Release release => before?.Holder == release.Holder ? new DueRow(release.Due, null, release.Entries) : before,
        Drop drop => before?.Holder == drop.Holder ? null : before,
        Forget => null,
        _ => throw new ArgumentOutOfRangeException(nameof(before), this, "An unknown step."),
    };

    /// <summary>The run is about to be started: adds the row, held by nobody, or makes its time earlier.</summary>
    public sealed record Remind(RunId Run, DateTimeOffset Due) : DueStep(Run);

    /// <summary>From now on <paramref name="Holder"/> holds the row, whoever held it before.</summary>
    public sealed record Take(RunId Run, string Holder, DateTimeOffset Due) : DueStep(Run);

    /// <summary>Nothing unless <paramref name="Holder"/> holds the row.</summary>
    public sealed record Move(RunId Run, string Holder, DateTimeOffset Due) : DueStep(Run);

    /// <summary>Nothing unless <paramref name="Holder"/> holds the row; afterwards nobody does.</summary>
    /// <param name="Entries">Of the journal, as the holder leaves it.</param>
    public sealed record Release(RunId Run, string Holder, DateTimeOffset Due, long Entries) : DueStep(Run);

    /// <summary>The run was never started: removes the row. Nothing unless <paramref name="Holder"/> holds it.</summary>
    public sealed record Drop(RunId Run, string Holder) : DueStep(Run);

    /// <summary>The run has ended, and there is nothing left to do for it.</summary>
    public sealed record Forget(RunId Run) : DueStep(Run);
}
