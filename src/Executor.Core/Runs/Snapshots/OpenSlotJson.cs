using System.Text.Json;

namespace Executor.Core.Runs.Snapshots;

/// <summary>What is out, what waits, and what is due.</summary>
internal static class OpenSlotJson
{
    public static void Write(StateWriter to, OpenSlot open)
    {
        to.Json.WriteStartObject();
        to.Slot(open.Dispatched.Slot, "slot");
        to.Text(open.Dispatched.Id.Text, "id");
        to.Text(open.Dispatched.Action, "action");
        to.Value(open.Dispatched.Input, "input");
        to.Text(open.Dispatched.Pool, "pool");
        to.Duration(open.Dispatched.Timeout, "timeout");
        to.Time(open.Dispatched.Due, "due");
        to.Flag(open.Dispatched.Idempotent, "idempotent");
        to.Time(open.Dispatched.At, "at");
        to.Flag(open.Dispatched.IsCall, "isCall");
        to.Flag(open.Dispatched.IsQuestion, "isQuestion");
        to.Number(open.Entry, "entry");
        to.Number(open.Number, "number");
        to.Json.WriteEndObject();
    }

    public static OpenSlot Read(ref StateReader from)
    {
        from.Require(JsonTokenType.StartObject);
        var dispatched = new RunEvent.Dispatched(
            from.Slot("slot"), new DispatchId(from.Text("id")), from.Text("action"), from.Map("input"),
            from.Text("pool"), from.Duration("timeout"), from.Time("due"), from.Flag("idempotent"), from.Time("at"),
            from.Flag("isCall"), from.Flag("isQuestion"));
        var open = new OpenSlot(dispatched, from.LongNumber("entry"), from.Number("number"));
        from.End(JsonTokenType.EndObject);
        return open;
    }

    public static void WriteRetry(StateWriter to, KeyValuePair<Slot, DateTimeOffset> retry)
    {
        to.Json.WriteStartArray();
        to.Slot(retry.Key);
        to.Time(retry.Value);
        to.Json.WriteEndArray();
    }

    public static KeyValuePair<Slot, DateTimeOffset> ReadRetry(ref StateReader from)
    {
        from.Require(JsonTokenType.StartArray);
        var retry = KeyValuePair.Create(from.Slot(), from.Time());
        from.End(JsonTokenType.EndArray);
        return retry;
    }

    public static void WriteDue(StateWriter to, DueTime due)
    {
        to.Json.WriteStartArray();
        to.Time(due.At);
        to.Word(due.Kind);
        to.Slot(due.Slot);
        to.Json.WriteEndArray();
    }

    public static DueTime ReadDue(ref StateReader from)
    {
        from.Require(JsonTokenType.StartArray);
        var due = new DueTime(from.Time(), from.Word<DueKind>(), from.Slot());
        from.End(JsonTokenType.EndArray);
        return due;
    }
}
