using System.Collections.Frozen;
using Executor.Actors.Cluster;
using Executor.Actors.Runs;
using Executor.Core.Runs;

namespace Executor.Actors.Wire;

/// <summary>What each message between nodes is called, with its version: nodes of two releases talk to each other.</summary>
/// <remarks>A new shape gets a new name, which is read one release before it is written.</remarks>
internal static class WireNames
{
    private static readonly (Type Type, string Name)[] All =
    [
        (typeof(RunCommand.Start), "start.v1"),
        (typeof(RunCommand.FinishItem), "finish-item.v1"),
        (typeof(RunCommand.TimeUp), "time-up.v1"),
        (typeof(RunCommand.Cancel), "cancel.v1"),
        (typeof(RunCommand.Pause), "pause.v1"),
        (typeof(RunCommand.Resume), "resume.v1"),
        (typeof(RunCommand.Answer), "answer.v1"),
        (typeof(RunCommand.HearParent), "hear-parent.v1"),
        (typeof(Wake), "wake.v1"),
        (typeof(AskReport), "ask-report.v1"),
        (typeof(Follow), "follow.v1"),
        (typeof(Accepted), "accepted.v1"),
        (typeof(Postponed), "postponed.v1"),
        (typeof(Awake), "awake.v1"),
        (typeof(RunReport), "run-report.v1"),
        (typeof(Advanced), "advanced.v1"),
        (typeof(AskCharter), "ask-charter.v1"),
        (typeof(CharterIs), "charter-is.v1"),
    ];

    /// <summary>A start of a run that another has called: a node that knows no calls must not take it for another.</summary>
    private const string Call = "start.v2";

    /// <summary>One whose caller has been paused: a node that knows no pauses must not let it begin.</summary>
    private const string Paused = "start.v3";

    /// <summary>One that repeats another run: a node that knows no reruns must not take it for the first.</summary>
    private const string Again = "start.v4";

    private static readonly FrozenDictionary<Type, string> Names =
        All.ToFrozenDictionary(pair => pair.Type, pair => pair.Name);

    private static readonly FrozenDictionary<string, Type> Types =
        All.Concat(new[] { Call, Paused, Again }.Select(name => (Type: typeof(RunCommand.Start), Name: name)))
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Type);

    public static IEnumerable<Type> KnownTypes => Names.Keys;

    /// <returns>Null when it does not travel.</returns>
    public static string? NameOf(object message) => message switch
    {
        RunCommand.Start { Origin: not null } => Again,
        RunCommand.Start { Turn: > 0 } => Paused,
        RunCommand.Start { Parent: not null } => Call,
        _ => Names.GetValueOrDefault(message.GetType()),
    };

    /// <returns>Null when it is unknown to this version.</returns>
    public static Type? TypeOf(string name) => Types.GetValueOrDefault(name);
}
