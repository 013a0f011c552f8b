using Akka.Actor;
using Akka.Event;
using Executor.Actors.Cluster;
using Executor.Actors.Tests.Engine;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Cluster;

/// <summary>Who founds a cluster, who joins, and who leaves because there is another.</summary>
public sealed class FoundingTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Nodes_that_start_at_once_are_one_cluster_whether_or_not_the_first_seed_is_there(int missing)
    {
        await using var cluster = await TestCluster.EmptyAsync();
        var ports = TestCluster.FreePorts(3);

        await Task.WhenAll(ports.Skip(missing).Select(port => cluster.AddAsync(port, ports)));

        await cluster.AreUpAsync(3 - missing);
        Assert.Single(cluster.Nodes.Select(node => node.System.Cluster!.Leader).Distinct());
    }

    [Fact]
    public async Task A_first_seed_that_nobody_answers_founds_no_second_cluster_while_the_first_one_lives()
    {
        await using var cluster = await TestCluster.EmptyAsync();
        var charter = await ForeignCharter.OfAsync(alone: null);
        var ports = TestCluster.FreePorts(2);

        // Long enough between two questions for Akka to found a cluster, as it would by itself after a second without answer.
        var starting = cluster.AddAsync(ports[0], ports, charter, deadAfterBeats: 15);
        await Eventually.IsAsync(() => charter.Looks > 40, Never);
        Assert.Empty(charter.Founded);
        Assert.False(starting.IsCompleted);
        charter.IsAlive = false;
        await starting.WaitAsync(TestCluster.Patience);

        await cluster.AreUpAsync(1);
        Assert.Equal(charter.Founded.Last(), (await charter.ReadAsync(Never))!.Id);
    }

    [Fact]
    public async Task A_node_that_somebody_was_faster_than_has_founded_nothing_and_goes_on_looking()
    {
        await using var cluster = await TestCluster.EmptyAsync();
        var ports = TestCluster.FreePorts(2);
        var charter = await ForeignCharter.OfAsync(alone: $"{Environment.MachineName} 127.0.0.1:{ports[0]}");
        (charter.IsAlive, charter.IsFaster) = (false, true);

        await cluster.AddAsync(ports[0], ports, charter, deadAfterBeats: 3);

        Assert.Equal(2, charter.Founded.Count);
        await cluster.AreUpAsync(1);
        Assert.Equal(charter.Founded.Last(), (await charter.ReadAsync(Never))!.Id);
        Assert.False(cluster.Nodes[0].System.WhenStopped.IsCompleted);
    }

    [Fact]
    public async Task A_node_without_seeds_does_not_start_beside_another_cluster_and_says_why()
    {
        await using var cluster = await TestCluster.EmptyAsync();
        var charter = await ForeignCharter.OfAsync(alone: null);
        var port = TestCluster.FreePorts(1)[0];

        var refused = await Assert.ThrowsAsync<NotAdmittedException>(
            () => cluster.AddAsync(port, [port], charter).WaitAsync(TestCluster.Patience));

        Assert.Equal("cluster.other", refused.Code);
        Assert.Contains("EXECUTOR__CLUSTER__SEEDS", refused.Message, StringComparison.Ordinal);
        Assert.Empty(charter.Founded);
    }

    [Fact]
    public async Task The_only_node_of_a_cluster_is_back_after_a_crash_without_waiting()
    {
        await using var cluster = await TestCluster.EmptyAsync();
        var port = TestCluster.FreePorts(1)[0];
        var charter = await ForeignCharter.OfAsync(alone: $"{Environment.MachineName} 127.0.0.1:{port}");
        charter.IsAlive = false;

        await cluster.AddAsync(port, [port], charter);

        Assert.Equal(1, charter.Looks);
        await cluster.AreUpAsync(1);
        Assert.False(cluster.Nodes[0].System.WhenStopped.IsCompleted);
    }

    [Fact]
    [Trait("fault", "F22")]
    public async Task A_node_that_cannot_read_its_journal_soon_joins_all_the_same()
    {
        await using var cluster = await TestCluster.EmptyAsync();
        var port = TestCluster.FreePorts(1)[0];

        await cluster.AddAsync(port, [port], settings: "akka.persistence.journal.sql.default.journal.table-name = nowhere");

        await cluster.AreUpAsync(1);
    }

    [Fact]
    public async Task What_is_read_to_see_whether_it_can_be_read_is_not_read_again_and_leaves_nothing()
    {
        await using var cluster = await TestCluster.EmptyAsync();
        var port = TestCluster.FreePorts(1)[0];
        await cluster.AddAsync(port, [port], settings: "akka.persistence.journal.sql.default.journal.table-name = nowhere");
        var system = cluster.Nodes[0].System.System;
        using var faults = Inbox.Create(system);
        system.EventStream.Subscribe(faults.Receiver, typeof(Error));
        var run = new RunId("run-1");
        using var enough = new CancellationTokenSource();
        var waking = cluster.Nodes[0].System.WakeAsync(run, enough.Token);

        // Whatever else failed like this run would have been tried again as well meanwhile.
        for (var times = 0; times < 20;)
        {
            var text = ((Error)await faults.ReceiveAsync(TestCluster.Patience)).Message.ToString()!;
            if (text.Contains("cannot read its journal", StringComparison.Ordinal))
            {
                Assert.StartsWith($"Run {run} ", text, StringComparison.Ordinal);
                times++;
            }
        }

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waking);
    }

    [Fact]
    public async Task A_member_that_finds_another_cluster_in_the_place_of_its_own_leaves()
    {
        await using var cluster = await TestCluster.StartAsync(nodes: 2);
        var charter = (await cluster.StoresAsync()).Charter;

        await Eventually.IsAsync(
            async () => await charter.FoundAsync("another", "x", await charter.ReadAsync(Never), Never), Never);

        await Task.WhenAll(cluster.Nodes.Select(node => node.System.WhenStopped)).WaitAsync(TestCluster.Patience);
        Assert.Equal("another", (await charter.ReadAsync(Never))!.Id);
    }

    [Fact]
    public async Task A_new_member_goes_by_those_who_have_let_it_in_and_not_by_what_the_database_says_meanwhile()
    {
        await using var cluster = await TestCluster.StartAsync(nodes: 1);
        var theirs = (await (await cluster.StoresAsync()).Charter.ReadAsync(Never))!.Id;
        var charter = await ForeignCharter.OfAsync(alone: null);
        var port = TestCluster.FreePorts(1)[0];

        await cluster.AddAsync(port, [cluster.Nodes[0].Port, port], charter);

        await cluster.Nodes[1].System.WhenStopped.WaitAsync(TestCluster.Patience);
        Assert.Contains(theirs, charter.Renewed);
        await cluster.AreUpAsync(1);
        Assert.False(cluster.Nodes[0].System.WhenStopped.IsCompleted);
    }

    [Fact]
    public async Task The_charter_says_who_is_alone_and_goes_with_the_last_one_that_leaves_in_order()
    {
        await using var cluster = await TestCluster.StartAsync(nodes: 2);
        var charter = (await cluster.StoresAsync()).Charter;
        var (first, last) = (cluster.Nodes[0], cluster.Nodes[1]);
        async Task<bool> IsAloneAsync(string? who) => await charter.ReadAsync(Never) is { } now && now.Alone == who;

        await Eventually.IsAsync(() => IsAloneAsync(null), Never);
        await first.System.StopAsync();
        await Eventually.IsAsync(() => IsAloneAsync($"{Environment.MachineName} 127.0.0.1:{last.Port}"), Never);
        await last.System.StopAsync();

        Assert.Null(await charter.ReadAsync(Never));
    }
}
