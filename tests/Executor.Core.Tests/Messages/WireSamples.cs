using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Core.Tests.Messages;

/// <summary>One message of each type, with everything filled in.</summary>
internal static class WireSamples
{
    private static readonly RunId Run = new("81c4-release");
    private static readonly Slot Item = new("build", 2, 3, 1);
    private static readonly Slot Whole = new("report", 1, Slot.NoItem, 2);
    private static readonly DateTimeOffset Noon = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static TaskRequest Request { get; } = new(
        DispatchId.Of(Run, Item), Run, Item, "release@1f00", "core.shell",
        Value.Map.Empty.With("cmd", Value.Of("make \"é\"")).With("n", Value.Of(3)).With("share", Value.Of(0.5)),
        "linux", TimeSpan.FromMilliseconds(1500));

    public static TaskResult Result { get; } = new(
        DispatchId.Of(Run, Whole), Run, Whole,
        new ItemOutcome(SlotStatus.Failed, Value.Map.Empty.With("exit", Value.Of(2)), "It ended with 2.", "task.failed"),
        "linux.w1", "c-1", "token", Noon, Noon.AddMilliseconds(250));

    public static CancelRequest Cancel { get; } = new(DispatchId.Of(Run, Item), Run, Item, "linux", null);

    public static ClaimCalls Calls { get; } = new(
        [new Claim(DispatchId.Of(Run, Item), Run, Item, "linux.w1", "c-1")],
        [new Renewal(DispatchId.Of(Run, Whole), "linux.w1", "c-0")]);

    public static ClaimAnswers Answers { get; } = new(
        [
            new ClaimAnswer.Granted(DispatchId.Of(Run, Item), "token", TimeSpan.FromSeconds(60)),
            new ClaimAnswer.Refused(DispatchId.Of(Run, Whole)),
        ],
        [new RenewalAnswer(DispatchId.Of(Run, Whole), Running: false)]);

    /// <summary>An answer that says why.</summary>
    public static ClaimAnswers Barred { get; } = new([new ClaimAnswer.Refused(DispatchId.Of(Run, Whole), ClaimCodes.Pool)], []);

    public static WorkerBeat Beat { get; } = new(
        "linux.w1", ["linux", "gpu"], ["core.echo", "images.resize"], 10, 3, "1.2.3", "host-7", Noon,
        TimeSpan.FromSeconds(5), Leaving: false);

    /// <summary>By type: the sample as written, and how to write what has been read.</summary>
    public static IReadOnlyDictionary<string, (byte[] Written, Func<byte[], byte[]> Again)> All { get; } =
        new Dictionary<string, (byte[] Written, Func<byte[], byte[]> Again)>
        {
            [WireTypes.TaskRequest] = (WireJson.Write(Request), body => WireJson.Write(WireJson.ReadRequest(body))),
            [WireTypes.TaskResult] = (WireJson.Write(Result), body => WireJson.Write(WireJson.ReadResult(body))),
            [WireTypes.TaskCancel] = (WireJson.Write(Cancel), body => WireJson.Write(WireJson.ReadCancel(body))),
            [WireTypes.ClaimCalls] = (WireJson.Write(Calls), body => WireJson.Write(WireJson.ReadCalls(body))),
            [WireTypes.ClaimAnswers] = (WireJson.Write(Answers), body => WireJson.Write(WireJson.ReadAnswers(body))),
            [WireTypes.ClaimAnswers + ".code"] =
                (WireJson.Write(Barred), body => WireJson.Write(WireJson.ReadAnswers(body))),
            [WireTypes.WorkerBeat] = (WireJson.Write(Beat), body => WireJson.Write(WireJson.ReadBeat(body))),
        };
}
