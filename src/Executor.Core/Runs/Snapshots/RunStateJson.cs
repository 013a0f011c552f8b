using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Executor.Core.Workflows;

namespace Executor.Core.Runs.Snapshots;

/// <summary>
/// A whole state as JSON. It is read exactly as it was written or not at all: the journal has everything, so a snapshot
/// of another format is no loss, but a state that lacks a member would be.
/// </summary>
/// <remarks>
/// A member more is a line in the writing and a line at the same place in the reading, and a new name of the format
/// with a golden file of its own. The same holds when an event changes the state in another way than before: a snapshot
/// keeps what the former rules made of it.
/// </remarks>
public static class RunStateJson
{
    public const string Format = "run-state.v5";

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = StateReader.MaxDepth,
    };

    public static ReadOnlyMemory<byte> Write(RunState run)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            Write(new StateWriter(json), run);
        }

        return buffer.WrittenMemory;
    }

    /// <param name="workflows">Makes a workflow from its reference, hash and text.</param>
    /// <exception cref="JsonException">Not a state in this format.</exception>
    public static RunState Read(ReadOnlySpan<byte> json, Func<string, string, string, WorkflowSpec> workflows)
    {
        try
        {
            var from = new StateReader(json);
            return Read(ref from, workflows);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException or InvalidCastException
            or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            throw new JsonException("Not a state in this format: " + wrong.Message, wrong);
        }
    }

    private static void Write(StateWriter to, RunState run)
    {
        to.Json.WriteStartObject();
        to.Text(Format, "format");
        to.Text(run.Id.Text, "id");
        to.Number(run.Entries, "entries");
        to.Word(run.Status, "status");
        to.Part(run.Workflow, CallJson.WriteWorkflow, "workflow");
        to.Value(run.Inputs, "inputs");
        to.Value(run.Variables, "variables");
        WriteLimits(to, run.Limits, "limits");
        to.Text(run.RequestKey, "requestKey");
        to.Part(run.Parent, CallJson.WriteParent, "parent");
        to.Flag(run.IsParentTold, "isParentTold");
        to.Text(run.Origin?.Text, "origin");
        to.List(run.Called, CallJson.WriteCalled, "called");
        to.Number(run.Turn, "turn");
        to.Number(run.CallerTurn, "callerTurn");
        to.Text(run.PauseReason, "pauseReason");
        to.Time(run.StartedAt, "startedAt");
        to.Time(run.EndedAt, "endedAt");
        to.Time(run.RunDue, "runDue");
        to.Flag(run.IsFailing, "isFailing");
        to.Flag(run.HasTimedOut, "hasTimedOut");
        to.Text(run.CancelReason, "cancelReason");
        to.Flag(run.IsToldToStop, "isToldToStop");
        to.List(run.Problems, WriteProblem, "problems");
        to.Numbers(run.UnhandledTasks, "unhandledTasks");
        to.Value(run.Output, "output");
        to.Text(run.Error, "error");
        to.Vector(run.Visits, VisitJson.Write, "visits");
        to.Number(run.VisitCount, "visitCount");
        to.Number(run.OpenedCount, "openedCount");
        to.Vector(run.Tracks, VisitJson.WriteTrack, "tracks");
        to.Vector(run.Results, OutcomeJson.WriteShared, "results");
        to.Numbers(run.OpenVisits, "openVisits");
        to.Numbers(run.WaitingRounds, "waitingRounds");
        to.Numbers(run.Stale, "stale");
        to.List(run.InFlight.Values.OrderBy(open => open.Number), OpenSlotJson.Write, "inFlight");
        to.List(run.Held, static (to, slot) => to.Slot(slot), "held");
        to.List(run.Retries.OrderBy(Due), OpenSlotJson.WriteRetry, "retries");
        to.List(run.Overdue, static (to, slot) => to.Slot(slot), "givenUp");
        to.List(run.Dues, OpenSlotJson.WriteDue, "dues");
        to.List(run.Suspended, OpenSlotJson.WriteDue, "suspended");
        to.List(run.Unfollowed, static (to, slot) => to.Slot(slot), "unfollowed");
        to.Number(run.DispatchCount, "dispatchCount");
        to.Json.WriteEndObject();
    }

    private static RunState Read(ref StateReader from, Func<string, string, string, WorkflowSpec> workflows)
    {
        from.Begin();
        if (from.Text("format") != Format)
        {
            throw new JsonException("A state in another format.");
        }

        var run = RunState.Initial(new RunId(from.Text("id"))) with
        {
            Entries = from.LongNumber("entries"),
            Status = from.Word<RunStatus>("status"),
            Workflow = from.Workflow = CallJson.ReadWorkflow(ref from, workflows, "workflow"),
            Inputs = from.Map("inputs"),
            Variables = from.Map("variables"),
            Limits = ReadLimits(ref from, "limits"),
            RequestKey = from.TextOrNull("requestKey"),
            Parent = from.Part(CallJson.ReadParent, "parent"),
            IsParentTold = from.Flag("isParentTold"),
            Origin = from.TextOrNull("origin") is { } origin ? new RunId(origin) : null,
            Called = RunState.Initial(default).Called.AddRange(
                from.List((ref from) => CallJson.ReadCalled(ref from, workflows), "called")),
            Turn = from.Number("turn"),
            CallerTurn = from.Number("callerTurn"),
            PauseReason = from.TextOrNull("pauseReason"),
            StartedAt = from.Time("startedAt"),
            EndedAt = from.TimeOrNull("endedAt"),
            RunDue = from.TimeOrNull("runDue"),
            IsFailing = from.Flag("isFailing"),
            HasTimedOut = from.Flag("hasTimedOut"),
            CancelReason = from.TextOrNull("cancelReason"),
            IsToldToStop = from.Flag("isToldToStop"),
            Problems = [.. from.List(ReadProblem, "problems")],
            UnhandledTasks = [.. from.Numbers("unhandledTasks")],
            Output = from.Map("output"),
            Error = from.TextOrNull("error"),
            Visits = from.Vector(VisitJson.Read, "visits"),
            VisitCount = from.Number("visitCount"),
            OpenedCount = from.Number("openedCount"),
            Tracks = from.Vector(VisitJson.ReadTrack, "tracks"),
            Results = from.Vector(OutcomeJson.ReadShared, "results"),
            OpenVisits = [.. from.Numbers("openVisits")],
            WaitingRounds = [.. from.Numbers("waitingRounds")],
            Stale = [.. from.Numbers("stale")],
            InFlight = from.List(OpenSlotJson.Read, "inFlight").ToImmutableDictionary(open => open.Dispatched.Slot),
            Held = SlotLine.Of(from.List(static (ref from) => from.SlotHere(), "held")),
            Retries = from.List(OpenSlotJson.ReadRetry, "retries").ToImmutableDictionary(),
            Overdue = SlotLine.Of(from.List(static (ref from) => from.SlotHere(), "givenUp")),
            Dues = [.. from.List(OpenSlotJson.ReadDue, "dues")],
            Suspended = [.. from.List(OpenSlotJson.ReadDue, "suspended")],
            Unfollowed = SlotLine.Of(from.List(static (ref from) => from.SlotHere(), "unfollowed")),
            DispatchCount = from.Number("dispatchCount"),
        };
        from.End(JsonTokenType.EndObject);
        return run;
    }

    private static DueTime Due(KeyValuePair<Slot, DateTimeOffset> retry) => new(retry.Value, DueKind.Retry, retry.Key);

    private static void WriteLimits(StateWriter to, RunLimits limits, string name)
    {
        to.Json.WriteStartObject(name);
        to.Number(limits.MaxVisits, "maxVisits");
        to.Number(limits.WorkerLosses, "workerLosses");
        to.Number(limits.MaxItems, "maxItems");
        to.Number(limits.MaxDepth, "maxDepth");
        to.Duration(limits.StartAllowance, "startAllowance");
        to.Json.WriteEndObject();
    }

    private static RunLimits ReadLimits(ref StateReader from, string name)
    {
        from.Begin(name);
        var limits = new RunLimits
        {
            MaxVisits = from.Number("maxVisits"),
            WorkerLosses = from.Number("workerLosses"),
            MaxItems = from.Number("maxItems"),
            MaxDepth = from.Number("maxDepth"),
            StartAllowance = from.Duration("startAllowance"),
        };
        from.End(JsonTokenType.EndObject);
        return limits;
    }

    private static void WriteProblem(StateWriter to, RunProblem problem)
    {
        to.Json.WriteStartObject();
        to.Text(problem.Code, "code");
        to.Text(problem.Message, "message");
        to.Text(problem.Task, "task");
        to.Flag(problem.IsWarning, "isWarning");
        to.Flag(problem.IsUnhandledTask, "isUnhandledTask");
        to.Json.WriteEndObject();
    }

    private static RunProblem ReadProblem(ref StateReader from)
    {
        from.Require(JsonTokenType.StartObject);
        var problem = new RunProblem(
            from.Text("code"), from.Text("message"), from.TextOrNull("task"), from.Flag("isWarning"),
            from.Flag("isUnhandledTask"));
        from.End(JsonTokenType.EndObject);
        return problem;
    }
}
