using Akka.Actor;
using Akka.TestKit.Xunit2;
using Executor.Actors.Cluster;
using Executor.Actors.Configuration;
using Executor.Actors.Runs;
using Executor.Core.Runs;

namespace Executor.Actors.Tests.Cluster;

/// <summary>Runs of a cluster that have stopped by themselves.</summary>
public sealed class ReviverTests : TestKit
{
    [Fact]
    public async Task Each_is_read_again_and_again_and_hears_nothing_that_would_make_a_run_of_an_invented_id()
    {
        var region = CreateTestProbe();
        var reviver = Sys.ActorOf(Made<Reviver>.By(() => new Reviver(
            new Lazy<IActorRef>(() => region), TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(50))));
        var run = new RunId("run-1");

        for (var times = 0; times < 3; times++)
        {
            reviver.Tell(new Fallen(run));
            Assert.Equal(new ForRun(run, AskReport.Now), await region.ExpectMsgAsync<ForRun>());
        }
    }
}
