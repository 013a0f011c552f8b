namespace Executor.Core.Rehearsing;

/// <summary>What only a rehearsal finds.</summary>
public static class RehearsalCodes
{
    /// <summary>A warning: nothing that the run did has used a part of the script.</summary>
    public const string NeverAsked = "rehearsal.never-asked";

    /// <summary>Nothing can happen any more but that somebody answers a question, and the script does not.</summary>
    public const string Unanswered = "rehearsal.unanswered";
}
