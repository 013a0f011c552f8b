using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Messaging;

internal static class Sample
{
    private static readonly RunId Run = new("run-1");
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    public static Slot Slot(int item) => new("build", 1, item, 1);

    public static DispatchId Id(int item) => DispatchId.Of(Run, Slot(item));

    public static TaskRequest Request(int item, string pool = "default") => new(
        Id(item), Run, Slot(item), "release", "core.noop",
        Value.Map.Empty.With("n", Value.Of(item)), pool, TimeSpan.FromSeconds(300));

    public static TaskRequest[] Requests(int count, string pool = "default") =>
        [.. Enumerable.Range(0, count).Select(item => Request(item, pool))];

    public static TaskResult Result(int item) => new(
        Id(item), Run, Slot(item), new ItemOutcome(SlotStatus.Completed, Value.Of(item)), "w1", "c1", "t1",
        Noon, Noon.AddSeconds(1));

    public static Claim Claim(int item) => new(Id(item), Run, Slot(item), "w1", "c1");

    public static CancelRequest Cancel(int item, string pool = "default", string? worker = null) =>
        new(Id(item), Run, Slot(item), pool, worker);

    public static WorkerBeat Beat(string worker, int running) => new(
        worker, ["default"], ["core.noop"], 10, running, "1.0", "host", Noon, TimeSpan.FromSeconds(5), Leaving: false);
}
