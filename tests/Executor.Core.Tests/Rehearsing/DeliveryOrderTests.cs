using Executor.Core.Rehearsing;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Rehearsing;

public sealed class DeliveryOrderTests
{
    /// <summary>The order in which a, b and c end is the order in which their successors are dispatched.</summary>
    private const string Parallel = """
        tasks:
          - {name: a, action: core.noop, next: [{do: a2}]}
          - {name: b, action: core.noop, next: [{do: b2}]}
          - {name: c, action: core.noop, retry: {count: 1}, next: [{do: c2}]}
          - {name: a2, action: core.noop}
          - {name: b2, action: core.noop}
          - {name: c2, action: core.noop}
        """;

    [Theory]
    [InlineData("fifo", "a2 b2 c2")]
    [InlineData("lifo", "c2 b2 a2")]
    [InlineData("[[b, 1, null], [c, 1], [a, 1]]", "b2 c2 a2")]
    [InlineData("[[c, 1]]", "c2 a2 b2")]
    public void Completions_come_in_the_order_asked_for(string order, string ends)
    {
        var report = Rehearsed.Of(Parallel, $"order: {order}");

        Assert.Equal(ends.Split(' '), Successors(report));
        Assert.Equal(RunStatus.Completed, report.Status);
    }

    [Fact]
    public void A_listed_place_serves_one_attempt()
    {
        const string Retried = "script: {tasks: {c: [{attempts: [{status: failed}, {status: succeeded}]}]}}\n";

        Assert.Equal(["a2", "b2", "c2"], Successors(Rehearsed.Of(Parallel, Retried + "order: [[c, 1]]")));
        Assert.Equal(
            "a/1/1 b/1/1 c/1/1 c/1/2 c2/1/1".Split(' '),
            Rehearsed.Order(Rehearsed.Of(
                Parallel.Replace("count: 1", "count: 1, delay: 0", StringComparison.Ordinal),
                Retried + "order: [[c, 1], [c, 1]]")).Take(5));
    }

    [Fact]
    public void Places_of_items_are_told_apart()
    {
        var report = Rehearsed.Of(
            """
            tasks:
              - {name: a, action: core.noop, with_items: [x, y, z, v], concurrency: 2}
            """,
            "order: [[a, 1, 1], [a, 1, 2], [a, 1, 3]]");

        Assert.Equal([0, 0, 1, 2], report.Dispatches.Select(dispatch => dispatch.After));
        Assert.Equal([0, 1, 2, 3], report.Dispatches.Select(dispatch => dispatch.Slot.Item));
    }

    [Fact]
    public void A_seed_decides_the_shuffle_and_the_result_never_depends_on_it()
    {
        var orders = new HashSet<string>();
        for (var seed = 0; seed < 50; seed++)
        {
            var once = Rehearsed.Of(Parallel, $"order: shuffle:{seed}");
            var again = Rehearsed.Of(Parallel, $"order: shuffle:{seed}");
            Assert.Equal(Rehearsed.Order(once), Rehearsed.Order(again));
            Assert.Equal(RunStatus.Completed, once.Status);
            orders.Add(string.Join(' ', Successors(once)));
        }

        Assert.Equal(6, orders.Count);
    }

    private static IEnumerable<string> Successors(RehearsalReport report) =>
        report.Dispatches.Select(dispatch => dispatch.Slot.Task).Where(task => task.EndsWith('2'));
}
