using Executor.Core;
using Executor.Core.Messages;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Contracts;

internal static class Sample
{
    public static readonly RunId Run = new("run-1");
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    public static Slot Slot(int item) => new("build", 1, item, 1);

    public static DispatchId Id(int item, RunId? run = null) => DispatchId.Of(run ?? Run, Slot(item));

    public static Reservation Reservation(int item, long entry = 7, RunId? run = null, string pool = "linux") =>
        new(Id(item, run), run ?? Run, Slot(item), entry, pool);

    public static Reservation[] Reservations(int count, long entry = 7) =>
        [.. Enumerable.Range(0, count).Select(item => Reservation(item, entry))];

    public static Claim Claim(int item, string claimId = "c1", string worker = "w1") =>
        new(Id(item), Run, Slot(item), worker, claimId);

    public static Renewal Renewal(int item, string claimId = "c1") => new(Id(item), "w1", claimId);

    public static Withdrawal Withdrawal(int item, SlotStatus status = SlotStatus.Cancelled) =>
        new(Id(item), Run, Slot(item), status);

    public static Closing Closing(int item, SlotStatus status = SlotStatus.Completed) => new(Id(item), status);

    public static RunRow RunRow(
        string id, long sequence = 1, RunStatus status = RunStatus.Running, int started = 0, Value? output = null)
    {
        var start = Stores.Noon.AddSeconds(started);
        return new RunRow(
            new RunId(id), sequence, "release", "hash", status, ["build"], ["fetch"], [], ["skip"],
            output ?? Value.Null, null, null, start, Terminal.Is(status) ? start.AddSeconds(1) : null);
    }

    public static ExecutionRow ExecutionRow(
        int item, long sequence = 1, SlotStatus status = SlotStatus.Running, string? error = null) => new(
        Id(item), Run, Slot(item), sequence, status, "core.noop", "w1", Stores.Noon,
        Terminal.Is(status) ? Stores.Noon.AddSeconds(1) : null, error);

    public static InquiryRow InquiryRow(int item) => new(
        Id(item), Run, Slot(item), 7, "release", SlotStatus.Running,
        Value.Map.Empty.With("prompt", Value.Of("Go on?")).With("options", Value.Of([Value.Of("yes"), Value.Of(5)])),
        Stores.Noon.AddSeconds(1), null, null, null, null);

    /// <summary>The lists of a row are compared by content.</summary>
    public static void AssertSame(RunRow expected, RunRow? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.CurrentTasks, actual.CurrentTasks);
        Assert.Equal(expected.CompletedTasks, actual.CompletedTasks);
        Assert.Equal(expected.FailedTasks, actual.FailedTasks);
        Assert.Equal(expected.SkippedTasks, actual.SkippedTasks);
        Assert.Equal(expected, actual with
        {
            CurrentTasks = expected.CurrentTasks,
            CompletedTasks = expected.CompletedTasks,
            FailedTasks = expected.FailedTasks,
            SkippedTasks = expected.SkippedTasks,
        });
    }
}
