using Executor.Core.Runs;
using Executor.Host.Local;
using Executor.Host.Watching;

namespace Executor.Host.Client;

/// <summary>Shows a run of a server to its end, or until a person has had enough.</summary>
internal sealed class RemoteFollowing(ApiClient api, Interruption interruption, bool cancels)
{
    /// <returns>The run as it ended; null when it was left running.</returns>
    public async Task<RunState?> ToEndAsync(RunId run)
    {
        using var end = new CancellationTokenSource();
        var mirror = new RunMirror(RunState.Initial(run));
        var enough = cancels ? interruption.Forced : interruption.Asked;
        await using var asked = interruption.Asked.Register(() => _ = cancels ? CancelAsync(mirror) : Task.CompletedTask);
        var showing = Task.CompletedTask;
        try
        {
            await foreach (var state in new RemoteRuns(api).FollowAsync(run, enough))
            {
                mirror.Follow(state);
                showing = showing == Task.CompletedTask ? ProgressViews.Fitting().ShowAsync(mirror, end.Token) : showing;
            }

            return mirror.Run;
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
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
        mirror.Tell("asked the run to cancel; again leaves it running");
        try
        {
            await api.PostAsync($"runs/{mirror.Run.Id}/cancel", null, null, interruption.Forced);
        }
        catch (OperationCanceledException)
        {
            // Asked twice: the run is left as it is.
        }
        catch (Unusable fault)
        {
            mirror.Tell($"the run could not be asked to cancel: {fault.Message}");
        }
    }
}
