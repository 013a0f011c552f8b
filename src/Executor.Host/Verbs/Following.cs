using Executor.Core.Runs;
using Executor.Host.Local;
using Executor.Host.Watching;

namespace Executor.Host.Verbs;

/// <summary>Shows a run of this process to its end, or until a person has had enough.</summary>
internal sealed class Following(Composition node, Audience audience, Interruption interruption)
{
    /// <returns>The run as it ended; null when it was left unfinished.</returns>
    public async Task<RunState?> ToEndAsync(RunId run)
    {
        using var end = new CancellationTokenSource();
        var mirror = new RunMirror(RunState.Initial(run));
        audience.Follow(mirror);
        await using var asked = interruption.Asked.Register(() => _ = CancelAsync(mirror));
        var showing = Task.CompletedTask;
        try
        {
            await foreach (var advanced in node.Engine.WatchAsync(run, interruption.Forced))
            {
                mirror.Follow(advanced.State);
                showing = showing == Task.CompletedTask ? ProgressViews.Fitting().ShowAsync(mirror, end.Token) : showing;
            }

            return mirror.Run;
        }
        catch (OperationCanceledException) when (interruption.Forced.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await end.CancelAsync();
            await showing;
        }
    }

    private async Task CancelAsync(RunMirror mirror)
    {
        mirror.Tell("asked the run to cancel; again leaves it for resume");
        try
        {
            await node.Engine.CancelAsync(mirror.Run.Id, "interrupted", interruption.Forced);
        }
        catch (OperationCanceledException)
        {
            // Asked twice: the run is left as it is.
        }
    }
}
