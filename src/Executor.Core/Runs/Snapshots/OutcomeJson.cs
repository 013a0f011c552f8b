using System.Text.Json;
using Executor.Core.Expressions;

namespace Executor.Core.Runs.Snapshots;

/// <summary>What visits saw, and how visits and items ended: kept by many scopes at once.</summary>
internal static class OutcomeJson
{
    public static void WriteScope(StateWriter to, FrozenScope scope)
    {
        to.Json.WriteStartObject();
        to.Value(scope.Variables, "variables");
        to.Vector(scope.Results, WriteShared, "results");
        to.Shared(scope.OpenedBy, Write, "openedBy");
        to.Time(scope.At, "at");
        to.Json.WriteEndObject();
    }

    public static FrozenScope ReadScope(ref StateReader from)
    {
        from.Require(JsonTokenType.StartObject);
        var scope = new FrozenScope(
            from.Map("variables"), from.Vector(ReadShared, "results"), from.Shared(Read, "openedBy"), from.Time("at"));
        from.End(JsonTokenType.EndObject);
        return scope;
    }

    public static void WriteShared(StateWriter to, Outcome outcome) => to.Shared(outcome, Write);

    public static Outcome ReadShared(ref StateReader from) => from.SharedHere(Read)!;

    /// <summary>
    /// There may be a million, so they have no names: <c>[open,status,attempt,losses,result,error,code,[end,…]]</c>.
    /// </summary>
    public static void WriteItem(StateWriter to, ItemState item) => to.Shared(item, static (to, item) =>
    {
        to.Json.WriteStartArray();
        to.Flag(item.IsOpen);
        to.Word(item.Status);
        to.Number(item.Attempt);
        to.Number(item.Losses);
        to.Value(item.Result);
        to.Text(item.Error);
        to.Text(item.Code);
        to.List(item.Ends?.All ?? [], static (to, end) => to.Word(end));
        to.Json.WriteEndArray();
    });

    public static ItemState ReadItem(ref StateReader from) => from.SharedHere(static (ref from) =>
    {
        from.Require(JsonTokenType.StartArray);
        var item = new ItemState(
            from.Flag(), from.Word<SlotStatus>(), from.Number(), from.Number(), from.Value(), from.TextOrNull(),
            from.TextOrNull(), ReadEnds(ref from));
        from.End(JsonTokenType.EndArray);
        return item;
    })!;

    private static AttemptEnds? ReadEnds(ref StateReader from) =>
        from.List(static (ref from) => from.WordHere<SlotStatus>()).Aggregate((AttemptEnds?)null, AttemptEnds.After);

    private static void Write(StateWriter to, Outcome outcome)
    {
        to.Json.WriteStartObject();
        to.Word(outcome.Status, "status");
        to.Value(outcome.Result, "result");
        to.Text(outcome.Error, "error");
        to.Part(outcome.ItemStates, WriteStates, "items");
        to.Json.WriteEndObject();
    }

    private static Outcome Read(ref StateReader from)
    {
        from.Require(JsonTokenType.StartObject);
        var outcome = new Outcome(
            from.Word<SlotStatus>("status"), from.Value("result"), from.TextOrNull("error"),
            from.Part(ReadStates, "items"));
        from.End(JsonTokenType.EndObject);
        return outcome;
    }

    private static void WriteStates(StateWriter to, ItemStates states)
    {
        to.Json.WriteStartObject();
        to.Vector(states.Items, WriteItem, "items");
        to.Number(states.Count, "count");
        to.Word(states.Ended, "ended");
        to.Json.WriteEndObject();
    }

    private static ItemStates ReadStates(ref StateReader from)
    {
        from.Require(JsonTokenType.StartObject);
        var states = new ItemStates(
            from.Vector(ReadItem, "items"), from.Number("count"), from.Word<SlotStatus>("ended"));
        from.End(JsonTokenType.EndObject);
        return states;
    }
}
