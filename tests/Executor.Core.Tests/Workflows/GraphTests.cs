using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

public sealed class GraphTests
{
    private static readonly WorkflowSpec Diamond = Texts.Spec(
        """
        tasks:
          a: {action: x.y, next: [{do: [b, c, b]}, {do: [c, fail]}]}
          b: {action: x.y, next: [{do: d}, {do: "d, noop"}]}
          c: {action: x.y, next: [{do: d}, {do: retry}]}
          d: {action: x.y, join: all, next: [{do: continue}]}
          e: {action: x.y, next: [{do: f}]}
          f: {action: x.y, join: 1}
        """);

    [Fact]
    public void Entries_are_the_tasks_to_which_nothing_leads() =>
        Assert.Equal(["a", "e"], Diamond.Graph.Entries.Select(task => task.Name));

    [Fact]
    public void Neighbours_come_once_each_and_engine_commands_are_none()
    {
        var graph = Diamond.Graph;

        Assert.Equal(["b", "c"], graph.Outbound(graph.Find("a")!).Select(task => task.Name));
        Assert.Equal(["b", "c"], graph.Inbound(graph.Find("d")!).Select(task => task.Name));
        Assert.Empty(graph.Outbound(graph.Find("d")!));
        Assert.Null(graph.Find("nope"));
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("d", 2)]
    [InlineData("f", 1)]
    public void A_join_needs_its_number_or_all_inbound_tasks(string task, int needed) =>
        Assert.Equal(needed, Diamond.Graph.Needed(Diamond.Graph.Find(task)!));
}
