using Executor.Actors.Streams;
using Executor.Actors.Tests.Messaging;
using Executor.Core.Messages;
using Executor.Messaging;

namespace Executor.Actors.Tests.Streams;

/// <summary>What a node that stops does with messages that are still coming.</summary>
public sealed class IntakeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    [Trait("fault", "F11")]
    public async Task A_message_that_comes_while_it_closes_goes_to_another_reader_and_what_is_in_hand_is_waited_for()
    {
        var (queue, leaving, staying) = (new InProcessQueue(), new Intake(), new Intake());
        using var left = new CancellationTokenSource();
        await using var mine = leaving.ReadAsync(queue.ReadAsync(8, left.Token), left.Token).GetAsyncEnumerator();
        await using var others = staying.ReadAsync(queue.ReadAsync(8, CancellationToken.None)).GetAsyncEnumerator();
        await queue.ReportAsync(Sample.Result(1), CancellationToken.None);
        var inHand = await NextAsync(mine);
        var next = mine.MoveNextAsync().AsTask();
        var closed = leaving.CloseAsync();
        await queue.ReportAsync(Sample.Result(2), CancellationToken.None);

        var elsewhere = await NextAsync(others);

        Assert.Equal(Sample.Id(2), elsewhere.Message.Id);
        Assert.False(closed.IsCompleted || next.IsCompleted);
        await inHand.Ack();
        await closed.WaitAsync(Patience);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Patience));
    }

    private static async Task<Delivery<TaskResult>> NextAsync(IAsyncEnumerator<Delivery<TaskResult>> reader)
    {
        Assert.True(await reader.MoveNextAsync().AsTask().WaitAsync(Patience));
        return reader.Current;
    }
}
