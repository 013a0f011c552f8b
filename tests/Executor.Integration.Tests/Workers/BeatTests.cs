using Executor.Core.Messages;

namespace Executor.Integration.Tests.Workers;

/// <summary>A worker says that it is there, what it has in hand, and that it leaves.</summary>
public sealed class BeatTests
{
    [Fact]
    public async Task A_worker_says_again_and_again_what_it_is_and_how_busy()
    {
        await using var bench = new Bench(options: options => options.Heartbeat = TimeSpan.FromSeconds(2));
        await Wait.UntilAsync(() => !bench.Link.Beats.IsEmpty, "the first sign of life");
        bench.Link.Send(Bench.Request());
        await bench.PassUntilAsync(() => bench.Link.Beats.Any(beat => beat.Running == 1), "a sign of life while it works");

        var beat = bench.Link.Beats.First();
        Assert.Equal(("w1", 4, 0, false), (beat.Worker, beat.Capacity, beat.Running, beat.Leaving));
        Assert.Equal(["default"], beat.Pools);
        Assert.Contains("test.probe", beat.Actions);
        Assert.Contains("core.shell", beat.Actions);
        Assert.NotEmpty(beat.Version);
        Assert.Equal(Environment.MachineName, beat.Host);
        Assert.Equal(TimeSpan.FromSeconds(2), beat.Every);
        Assert.Equal(beat, WireJson.ReadBeat(WireJson.Write(beat)) with { Pools = beat.Pools, Actions = beat.Actions });
    }

    [Fact]
    public async Task A_worker_that_has_drained_says_good_bye_last()
    {
        var link = new FakeLink();
        await using (var bench = new Bench(link))
        {
            await Wait.UntilAsync(() => !link.Beats.IsEmpty, "the first sign of life");
        }

        Assert.True(link.Beats.Last().Leaving);
        Assert.Single(link.Beats, beat => beat.Leaving);
    }

    [Fact]
    public async Task A_sign_of_life_that_is_lost_disturbs_nothing()
    {
        var link = new FakeLink { OnBeat = _ => throw new IOException("away") };
        await using var bench = new Bench(link);
        await bench.PassUntilAsync(() => link.Beats.Count >= 2, "another try");

        link.Send(Bench.Request("core.noop"));

        await link.ReportAsync();
    }
}
