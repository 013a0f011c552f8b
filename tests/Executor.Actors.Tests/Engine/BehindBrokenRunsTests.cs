using Executor.Actors.Journal;
using Executor.Actors.Tests.Fakes;
using Executor.Actors.Tests.Faults;
using Executor.Core;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Engine;

/// <summary>
/// Runs whose journals nobody can read any more keep asking to be looked after; however many there are, and however old,
/// those that came after them are looked after too.
/// </summary>
public sealed class BehindBrokenRunsTests
{
    /// <summary>As many as are looked at in one round.</summary>
    private const int Many = 500;

    private static readonly RunId Run = new("run-1");

    [Fact]
    public async Task A_run_that_is_due_after_many_that_cannot_be_read_is_woken()
    {
        await using var world = new World();
        await using var worker = new FakeWorker(world.Queue, () => DateTimeOffset.UtcNow);
        var broken = Enumerable.Range(0, Many).Select(n => BrokenIn(world, $"broken-{n}")).ToArray();
        await world.DueTimes.StepAsync(
            [.. broken.Select(run => new DueStep.Remind(run, DateTimeOffset.UnixEpoch))], CancellationToken.None);
        var plan = new FaultPlan().At("guard.reserve", 1, Fault.Delay.Until(new TaskCompletionSource().Task));
        var first = await world.StartAsync(plan, Patient);
        await World.StartRunAsync(first, Run, SeedWorkflow.Yaml);
        await plan.Struck;
        await world.KillAsync(first);

        await world.StartAsync(set: Patient);

        await Eventually.IsAsync(() => world.StateOf(Run).HasEnded, CancellationToken.None);
    }

    [Fact]
    public async Task An_end_after_many_whose_run_cannot_be_read_is_told()
    {
        await using var world = new World();
        var broken = BrokenIn(world, "broken");
        await world.Guard.WithdrawAsync(
            [.. Enumerable.Range(0, Many).Select(item => WithdrawalOf(broken, new Slot("t", 1, item, 1)))],
            CancellationToken.None);
        var executor = await world.StartAsync(set: Patient);
        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);

        var slot = world.Dispatches(Run).First();
        await world.Guard.WithdrawAsync([WithdrawalOf(Run, slot)], CancellationToken.None);

        await Eventually.IsAsync(() => !world.StateOf(Run).IsAwaited(slot), CancellationToken.None);
    }

    /// <summary>As a node of a cluster, that does not try again at once to read what it could not read.</summary>
    private static ActorsOptions Patient(ActorsOptions options) => options with
    {
        ResumeAll = false,
        Patience = TimeSpan.FromMilliseconds(200),
        RestartPause = TimeSpan.FromMinutes(1),
        LongestRestartPause = TimeSpan.FromMinutes(1),
    };

    private static RunId BrokenIn(World world, string run)
    {
        const int unknownSerializer = 987_654;
        var id = new RunId(run);
        world.Journal.Append([new JournalStore.Row(JournalCodec.IdOf(id), 1, [], "of a later version", unknownSerializer)]);
        return id;
    }

    private static Withdrawal WithdrawalOf(RunId run, Slot slot) =>
        new(DispatchId.Of(run, slot), run, slot, SlotStatus.Failed);
}
