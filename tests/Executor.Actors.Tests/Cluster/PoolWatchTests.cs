using Akka.Actor;
using Executor.Actors.Cluster;
using Executor.Actors.Journal;

namespace Executor.Actors.Tests.Cluster;

/// <summary>Whatever makes the threads of the pool wait, a node goes on to say that it is alive, and to hear it of others.</summary>
[CollectionDefinition(nameof(PoolWatchTests), DisableParallelization = true)]
[Collection(nameof(PoolWatchTests))]
public sealed class PoolWatchTests
{
    /// <summary>The runtime adds one or two threads a second.</summary>
    private const int Waiting = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Nodes_hear_each_other_while_hundreds_of_threads_of_the_pool_wait()
    {
        using var left = Node();
        using var right = Node();
        PoolWatch.Begin(left);
        using var heard = new AutoResetEvent(false);
        right.ActorOf(Props.Create(() => new Hearing(heard)), "hearing");
        var there = left.ActorSelection(
            new RootActorPath(((ExtendedActorSystem)right).Provider.DefaultAddress) / "user" / "hearing");
        there.Tell("first");
        Assert.True(heard.WaitOne(Patience), "They have not met.");
        using var released = new ManualResetEventSlim();
        using var waiting = new CountdownEvent(Waiting);
        for (var n = 0; n < Waiting; n++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => Wait(released, waiting), null);
        }

        there.Tell("beat");
        var isHeard = heard.WaitOne(Patience);
        released.Set();
        waiting.Wait();

        Assert.True(isHeard, "Nothing was heard.");
    }

    private static void Wait(ManualResetEventSlim released, CountdownEvent waiting)
    {
        released.Wait();
        waiting.Signal();
    }

    private static ActorSystem Node() => ActorSystem.Create("executor", ActorsSetup.Configuration(new ActorsOptions
    {
        Journal = "Host=h",
        JournalDatabase = JournalDatabase.Postgres,
        TokenKey = new byte[32],
        Cluster = new ClusterOptions { Port = 0 },
    }));

    private sealed class Hearing : ReceiveActor
    {
        public Hearing(AutoResetEvent heard) => ReceiveAny(_ => heard.Set());
    }
}
