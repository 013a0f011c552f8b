using Executor.Core.Messages;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Core.Values;

namespace Executor.Actors.Tests.Engine;

/// <summary>Five items in a window of three, then one successor: whatever the order, it is dispatched once.</summary>
public sealed class SeedScenarioTests
{
    private const int AtOnce = 4;
    private static readonly RunId Run = new("run-1");

    public static IEnumerable<int[]> Orders =>
        from a in Enumerable.Range(0, 5)
        from b in Enumerable.Range(0, 5)
        from c in Enumerable.Range(0, 5)
        from d in Enumerable.Range(0, 5)
        from e in Enumerable.Range(0, 5)
        let order = new[] { a, b, c, d, e }
        where order.Distinct().Count() == 5
        select order;

    [Fact]
    [Trait("lesson", "1.1")]
    public void The_decider_dispatches_the_successor_once_in_all_orders_and_with_every_result_twice()
    {
        Assert.Equal(120, Orders.Count());
        Assert.All(Orders, order =>
        {
            var events = new List<RunEvent>();
            var run = Decide(RunState.Initial(Run), events, new RunCommand.Start(
                World.Workflow(SeedWorkflow.Yaml), Value.Map.Empty, RunLimits.Default, null, DateTimeOffset.UnixEpoch));
            var rank = Enumerable.Range(0, 5).ToDictionary(place => order[place]);
            for (var told = 0; told < 5; told++)
            {
                var slot = run.InFlight.Keys.Where(open => open.Item >= 0).MinBy(open => rank[open.Item]);
                var finish = new RunCommand.FinishItem(
                    slot, new ItemOutcome(SlotStatus.Completed, Value.Of(slot.Item)), DateTimeOffset.UnixEpoch);
                run = Decide(Decide(run, events, finish), events, finish);
                Assert.True(run.InFlight.Count <= 3);
            }

            Assert.Single(events.OfType<RunEvent.Dispatched>(), one => one.Slot.Task == "validate");
        });
    }

    [Fact]
    [Trait("vector", "W13")]
    [Trait("lesson", "1.1")]
    public Task The_engine_dispatches_the_successor_once_in_all_orders_although_all_rows_say_completed() =>
        Parallel.ForEachAsync(
            Orders, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (order, _) => await PlayAsync(order));

    private static async Task PlayAsync(int[] order)
    {
        await using var world = new World();
        await using var worker = new HandWorker(world.Queue);
        var executor = await world.StartAsync();
        await World.StartRunAsync(executor, Run, SeedWorkflow.Yaml);
        var inHand = new List<TaskResult>();
        for (var told = 0; told < 5; told++)
        {
            while (inHand.Count < Math.Min(3, 5 - told))
            {
                inHand.Add(await worker.TakeAsync());
            }

            await WriteCompletedAsync(world, inHand);
            var next = inHand.MinBy(result => Array.IndexOf(order, result.Slot.Item))!;
            inHand.Remove(next);
            await worker.ReportAsync(next, times: 2);
        }

        var validate = await worker.TakeAsync();
        Assert.Equal("validate", validate.Slot.Task);
        await worker.ReportAsync(validate, times: 2);
        await world.SettledAsync(Run);
        Assert.Equal(RunStatus.Completed, world.StateOf(Run).Status);
        Assert.Equal(6, world.StateOf(Run).DispatchCount);
    }

    /// <summary>The classic race: all items read as done before anybody has been told.</summary>
    private static async Task WriteCompletedAsync(World world, IEnumerable<TaskResult> results) =>
        await world.Executions.WriteAsync(
            [],
            [
                .. results.Select(result => new ExecutionRow(
                    result.Id, result.Run, result.Slot, 0, SlotStatus.Completed, "core.noop", HandWorker.Name,
                    DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, null)),
            ],
            CancellationToken.None);

    private static RunState Decide(RunState run, List<RunEvent> events, RunCommand command)
    {
        var decision = RunDecider.Decide(run, command);
        events.AddRange(decision.Events);
        return decision.IsEmpty ? run : run.Evolve(decision.Events);
    }
}
