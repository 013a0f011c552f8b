using Executor.Core.Messages;

namespace Executor.Actors.Tests.Messaging;

/// <summary>What every implementation promises about what workers say about themselves.</summary>
public abstract class BeatContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract Task<Broker> OpenAsync();

    [Fact]
    public async Task Every_reader_hears_every_worker_as_it_was_said()
    {
        await using var broker = await OpenAsync();
        await using var first = new Reading<WorkerBeat>(broker.Beats.ReadAsync);
        await using var second = new Reading<WorkerBeat>(broker.Beats.ReadAsync);
        first.Ask();
        second.Ask();

        // Nobody knows when a reader has begun, and one sign of life may be lost: so workers repeat them.
        using var heard = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (first.IsWaiting || second.IsWaiting)
        {
            await broker.Worker.BeatAsync(Sample.Beat("default.w1", running: 1), Never);
            await Task.Delay(50, heard.Token);
        }

        await broker.Worker.BeatAsync(Sample.Beat("default.w2", running: 2), Never);

        Assert.Equal("default.w2", await FirstOfAsync(first, "default.w2"));
        Assert.Equal("default.w2", await FirstOfAsync(second, "default.w2"));
    }

    [Fact]
    public async Task Without_a_reader_it_is_said_to_nobody()
    {
        await using var broker = await OpenAsync();

        await broker.Worker.BeatAsync(Sample.Beat("default.w1", running: 1), Never).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static async Task<string> FirstOfAsync(Reading<WorkerBeat> reading, string worker)
    {
        while (true)
        {
            var beat = await reading.NextAsync();
            Assert.Equal(Comparable(Sample.Beat(beat.Worker, beat.Running)), Comparable(beat));
            if (beat.Worker == worker)
            {
                return beat.Worker;
            }
        }
    }

    private static string Comparable(WorkerBeat beat) => System.Text.Encoding.UTF8.GetString(WireJson.Write(beat));
}
