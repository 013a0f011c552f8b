namespace Executor.Core.Tests.Simulation.Families;

/// <summary>A fault built into the world of families on purpose, to see that the checks find it.</summary>
internal enum FamilyFlaw
{
    None,

    /// <summary>What a called run says of its end is said once, whether or not it was heard.</summary>
    EndToldOnce,

    /// <summary>The row by which a called run is found is made after its start.</summary>
    StartBeforeRemind,

    /// <summary>A call counts as found by its row as soon as it is handed on.</summary>
    CallKnownAtOnce,

    /// <summary>A run is forgotten when it has ended, whether or not its caller knows.</summary>
    ForgottenAtEnd,

    /// <summary>A called run believes that its caller knows before that has stored it.</summary>
    HeardBeforeStored,

    /// <summary>A stop goes down once, whether or not it arrives.</summary>
    StopToldOnce,

    /// <summary>What has changed since the call, a pause or its end, goes down once, whether or not it arrives.</summary>
    PauseToldOnce,

    /// <summary>A question counts as seen by people as soon as it is handed on.</summary>
    QuestionKnownAtOnce,

    /// <summary>An entry that refers to a result is stored before the result is.</summary>
    JournaledBeforeStored,

    /// <summary>A call that is repeated after a crash calls another run.</summary>
    CalledAnew,
}
