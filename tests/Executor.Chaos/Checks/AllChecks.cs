using Executor.Chaos.Evidences;

namespace Executor.Chaos.Checks;

/// <summary>What must hold of every campaign.</summary>
internal static class AllChecks
{
    public const string CannotBeChecked = "cannot be checked";

    private const int MostOfOne = 25;

    public static IReadOnlyList<Check> All { get; } =
    [
        new("I1", "each slot is dispatched once", DispatchChecks.Unique),
        new("I2", "the guard's rows are those of the journal", DispatchChecks.GuardIsJournal),
        new("I3", "an action's body is entered at most once per attempt", LedgerChecks.StartedOnce),
        new("I4", "what is completed ran once, to its end", LedgerChecks.CompletedRan),
        new("I5", "nothing starts without a dispatch and a claim", LedgerChecks.StartedByDispatch),
        new("I6", "attempts count up from 1, each repeat has its reason, each loss its cause", AttemptChecks.Chains),
        new("I7", "what was accepted ends, and nothing else is there", RunChecks.AcceptedEnds),
        new("I8", "every end is known to journal, guard and rows alike", CompletionChecks.NoneLost),
        new("I9", "each attempt ends once", CompletionChecks.AppliedOnce),
        new("I10", "never more at a time than allowed", ConcurrencyChecks.WithinLimit),
        new("I11", "a join opens once per round, with what it needs", VisitChecks.JoinsOnce),
        new("I12", "what follows items starts once, in the entry of the last end", VisitChecks.SuccessorsOnce),
        new("I13", "every run went as the second interpreter says", ReferenceChecks.SameAsReference),
        new("I14", "an end is final", RunChecks.EndIsFinal),
        new("I15", "items start in their order", VisitChecks.ItemsInOrder),
        new("I16", "journals have no gap, and incarnations do not mix", JournalChecks.WellFormed),
        new("I17", "what is told of a run is its journal replayed", JournalChecks.ReplayIsLive),
        new("I18", "the rows for people are the journal's", RowChecks.RowsAreJournal),
        new("I19", "nothing is left over", LeftoverChecks.Nothing),
        new("I20", "no timer fires early or is forgotten", TimerChecks.InTime),
        new("I21", "nothing starts after a cancel", CancelChecks.NothingStarts),
        new("I22", "who calls a run has its end for the slot's, and none is left open", CallChecks.BothWays),
        new("I23", "no secret is anywhere", evidence => evidence.Leaks),
        new("I24", "processes at rest hold no more than at their start", ResourceChecks.NoGrowth),
        new("I25", "every changing call has its audit row", AuditChecks.Complete),
        new("I26", "the API answers while nothing is wrong", AvailabilityChecks.Answered),
        new("I27", "of the answers to a question one counts, and rows and people say which", QuestionChecks.OneAnswer),
        new("I28", "a pause that was answered stands in the journal, and nothing starts before it is resumed", PauseChecks.NothingStarts),
    ];

    public static IReadOnlyList<Violation> Run(Evidence evidence) =>
    [
        .. All.SelectMany(check => Find(check, evidence).Select(message => new Violation(check.Id, message))),
    ];

    /// <summary>What cannot even be folded or read is no proof of anything: a violation, too.</summary>
    private static List<string> Find(Check check, Evidence evidence)
    {
        try
        {
            return [.. check.Find(evidence).Take(MostOfOne)];
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or KeyNotFoundException
            or NullReferenceException or ArgumentException or IndexOutOfRangeException)
        {
            return [$"{CannotBeChecked}: {unreadable}"];
        }
    }
}
