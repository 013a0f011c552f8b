using Executor.Core.Runs;
using Executor.Host.Local;
using Executor.Host.Verbs;
using Executor.Host.Watching;

namespace Executor.Integration.Tests.Cli;

public sealed class CancellingTests
{
    private readonly RunMirror _mirror = new(RunState.Initial(RunIds.New()));

    [Fact]
    public async Task A_cancellation_that_fails_is_told_to_whoever_asked_for_it()
    {
        await Following.CancelAsync(
            _mirror, _ => throw new TimeoutException("no answer within 5 s"), CancellationToken.None);

        Assert.Equal("the run could not be asked to cancel: no answer within 5 s", _mirror.Note);
    }

    [Fact]
    public async Task Asking_twice_is_no_failure()
    {
        using var forced = new CancellationTokenSource();
        await forced.CancelAsync();

        await Following.CancelAsync(_mirror, stop => Task.Delay(Timeout.Infinite, stop), forced.Token);

        Assert.StartsWith("asked the run to cancel", _mirror.Note, StringComparison.Ordinal);
    }
}
