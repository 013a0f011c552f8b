using Executor.Core;
using Microsoft.Extensions.Time.Testing;

namespace Executor.Actors.Tests.Faults;

public sealed class FaultPlanTests
{
    private int _made;

    [Fact]
    public async Task Without_faults_calls_are_made_once_and_counted()
    {
        var plan = new FaultPlan();

        Assert.Equal(1, await MakeAsync(plan, "a"));
        Assert.Equal(2, await MakeAsync(plan, "b"));

        Assert.Equal(["a", "b"], plan.Calls);
        Assert.False(plan.HasStruck);
    }

    [Fact]
    public async Task Failing_before_leaves_the_call_unmade_and_failing_after_does_not()
    {
        var plan = new FaultPlan().At(1, new Fault.FailBefore()).At(3, new Fault.FailAfter());

        await Assert.ThrowsAsync<StorageException>(() => MakeAsync(plan, "a"));
        Assert.Equal(0, _made);
        await MakeAsync(plan, "a");
        await Assert.ThrowsAsync<StorageException>(() => MakeAsync(plan, "a"));
        Assert.Equal(2, _made);
        Assert.Equal(3, await MakeAsync(plan, "a"));
    }

    [Fact]
    public async Task A_fault_can_be_put_on_the_nth_call_of_one_name()
    {
        var plan = new FaultPlan().At("b", 2, new Fault.FailBefore());
        foreach (var call in new[] { "a", "b", "a" })
        {
            await MakeAsync(plan, call);
        }

        await Assert.ThrowsAsync<StorageException>(() => MakeAsync(plan, "b"));

        Assert.True(plan.HasStruck);
        await MakeAsync(plan, "b");
    }

    [Fact]
    public async Task A_duplicate_is_made_twice()
    {
        var plan = new FaultPlan().At(1, new Fault.Duplicate());

        Assert.Equal(2, await MakeAsync(plan, "a"));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task After_a_crash_nothing_is_made_any_more(bool after, int made)
    {
        var plan = new FaultPlan().At(1, after ? new Fault.CrashAfter() : new Fault.CrashBefore());

        await Assert.ThrowsAsync<StorageException>(() => MakeAsync(plan, "a"));
        await Assert.ThrowsAsync<StorageException>(() => MakeAsync(plan, "b"));

        Assert.Equal(made, _made);
        Assert.True(plan.HasCrashed);
    }

    [Fact]
    public async Task A_delayed_call_is_made_when_it_is_released()
    {
        var released = new TaskCompletionSource();
        var plan = new FaultPlan().At(1, Fault.Delay.Until(released.Task));

        var call = MakeAsync(plan, "a");
        Assert.Equal((0, false), (_made, call.IsCompleted));
        released.SetResult();

        Assert.Equal(1, await call);
    }

    [Fact]
    public async Task A_delayed_answer_comes_after_the_call_was_made()
    {
        var released = new TaskCompletionSource();
        var plan = new FaultPlan().At(1, Fault.DelayAnswer.Until(released.Task));

        var call = MakeAsync(plan, "a");
        Assert.Equal((1, false), (_made, call.IsCompleted));
        released.SetResult();

        Assert.Equal(1, await call);
    }

    [Fact]
    public async Task A_delay_by_the_clock_needs_no_waiting()
    {
        var time = new FakeTimeProvider();
        var plan = new FaultPlan().At(1, Fault.Delay.For(TimeSpan.FromHours(1), time));

        var call = MakeAsync(plan, "a");
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await call);
    }

    [Fact]
    public async Task A_loop_over_every_call_of_a_scenario_ends_by_itself()
    {
        var struck = 0;
        FaultPlan plan;
        do
        {
            struck++;
            plan = new FaultPlan().At(struck, new Fault.Duplicate());
            foreach (var call in new[] { "a", "b", "c" })
            {
                await MakeAsync(plan, call);
            }
        }
        while (plan.HasStruck);

        Assert.Equal(4, struck);
    }

    private Task<int> MakeAsync(FaultPlan plan, string call) =>
        plan.CallAsync(call, () => Task.FromResult(++_made), FaultyExecutions.Unreachable);
}
