using System.Collections.Immutable;
using System.Text.Json;
using Executor.Core.Values;

namespace Executor.Core.Runs.Snapshots;

internal static class VisitJson
{
    public static void Write(StateWriter to, TaskVisit visit)
    {
        to.Json.WriteStartObject();
        to.Number(visit.Task.Order, "task");
        to.Number(visit.Number, "number");
        to.Number(visit.Ordinal, "ordinal");
        to.Word(visit.Status, "status");
        to.Time(visit.OpenedAt, "openedAt");
        to.Time(visit.EndedAt, "endedAt");
        to.Numbers(visit.Sources, "sources");
        to.Set(visit.Ancestors, "ancestors");
        to.Numbers(visit.Successors, "successors");
        to.Part(visit.Plan, WritePlan, "plan");
        to.Part(visit.Scope, OutcomeJson.WriteScope, "scope");
        to.Time(visit.DelayedUntil, "delayedUntil");
        to.Vector(visit.Items, OutcomeJson.WriteItem, "items");
        to.Flag(visit.IsKept, "isKept");
        to.NumbersOrNull(visit.Again, "again");
        to.Number(visit.Next, "next");
        to.Number(visit.InUse, "inUse");
        to.Number(visit.Retries, "retries");
        to.Number(visit.Attempts, "attempts");
        WriteCounts(to, visit.Counts, "counts");
        to.Value(visit.Result, "result");
        to.Text(visit.Error, "error");
        to.Text(visit.Code, "code");
        to.Json.WriteEndObject();
    }

    public static TaskVisit Read(ref StateReader from)
    {
        from.Require(JsonTokenType.StartObject);
        var task = from.Workflow!.Tasks[from.Number("task")];
        var visit = new TaskVisit(task, from.Number("number"), from.Number("ordinal"))
        {
            Status = from.Word<SlotStatus>("status"),
            OpenedAt = from.TimeOrNull("openedAt"),
            EndedAt = from.TimeOrNull("endedAt"),
            Sources = from.Numbers("sources"),
            Ancestors = from.Set("ancestors"),
            Successors = from.Numbers("successors"),
            Plan = from.Part(ReadPlan, "plan"),
            Scope = from.Part(OutcomeJson.ReadScope, "scope"),
            DelayedUntil = from.TimeOrNull("delayedUntil"),
            Items = from.Vector(OutcomeJson.ReadItem, "items"),
            IsKept = from.Flag("isKept"),
            Again = from.NumbersOrNull("again"),
            Next = from.Number("next"),
            InUse = from.Number("inUse"),
            Retries = from.Number("retries"),
            Attempts = from.Number("attempts"),
            Counts = ReadCounts(ref from, "counts"),
            Result = from.ValueOrNull("result"),
            Error = from.TextOrNull("error"),
            Code = from.TextOrNull("code"),
        };
        from.End(JsonTokenType.EndObject);
        return visit;
    }

    public static void WriteTrack(StateWriter to, TaskTrack track)
    {
        to.Json.WriteStartObject();
        to.Numbers(track.Visits, "visits");
        to.List(track.Missing.OrderBy(missing => missing.Key), WriteMissing, "missing");
        to.Number(track.Open, "open");
        to.Number(track.Waiting, "waiting");
        to.Number(track.LastEnded, "lastEnded");
        to.WordOrNull(track.LastStatus, "lastStatus");
        to.Json.WriteEndObject();
    }

    public static TaskTrack ReadTrack(ref StateReader from)
    {
        from.Require(JsonTokenType.StartObject);
        var track = new TaskTrack
        {
            Visits = [.. from.Numbers("visits")],
            Missing = from.List(ReadMissing, "missing").ToImmutableDictionary(),
            Open = from.Number("open"),
            Waiting = from.Number("waiting"),
            LastEnded = from.Number("lastEnded"),
            LastStatus = from.WordOrNull<SlotStatus>("lastStatus"),
        };
        from.End(JsonTokenType.EndObject);
        return track;
    }

    private static void WriteMissing(StateWriter to, KeyValuePair<int, ImmutableSortedSet<int>> missing) =>
        to.Numbers([missing.Key, .. missing.Value]);

    private static KeyValuePair<int, ImmutableSortedSet<int>> ReadMissing(ref StateReader from)
    {
        var numbers = from.NumbersHere();
        return KeyValuePair.Create<int, ImmutableSortedSet<int>>(numbers[0], [.. numbers.AsSpan()[1..]]);
    }

    private static void WritePlan(StateWriter to, VisitPlan plan)
    {
        to.Json.WriteStartObject();
        to.Value(plan.Items, "items");
        to.Number(plan.Concurrency, "concurrency");
        to.Text(plan.Action, "action");
        to.Text(plan.Pool, "pool");
        to.Duration(plan.Timeout, "timeout");
        to.Flag(plan.Idempotent, "idempotent");
        to.Flag(plan.IsCall, "isCall");
        to.Flag(plan.IsQuestion, "isQuestion");
        to.Json.WriteEndObject();
    }

    private static VisitPlan ReadPlan(ref StateReader from)
    {
        from.Require(JsonTokenType.StartObject);
        var plan = new VisitPlan(
            (Value.List?)from.ValueOrNull("items"), from.Number("concurrency"), from.Text("action"), from.Text("pool"),
            from.Duration("timeout"), from.Flag("idempotent"), from.Flag("isCall"),
            from.Flag("isQuestion"));
        from.End(JsonTokenType.EndObject);
        return plan;
    }

    private static void WriteCounts(StateWriter to, ItemCounts counts, string name) => to.Numbers(
        [
            counts.Total, counts.Succeeded, counts.Failed, counts.TimedOut, counts.Cancelled, counts.Abandoned,
            counts.Skipped,
        ],
        name);

    private static ItemCounts ReadCounts(ref StateReader from, string name) =>
        from.Numbers(name) is [var total, var succeeded, var failed, var late, var cancelled, var lost, var skipped]
            ? new ItemCounts(total, succeeded, failed, late, cancelled, lost, skipped)
            : throw new JsonException("Counts are seven numbers.");
}
