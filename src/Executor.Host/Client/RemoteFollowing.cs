using Executor.Core.Runs;
using Executor.Host.Local;
using Executor.Host.Watching;

namespace Executor.Host.Client;

/// <summary>Shows a run of a server to its end, or until a person has had enough.</summary>
/// <param name="isOurs">Whether it was started here: then its questions are asked here, and Ctrl-C cancels it.</param>
internal sealed class RemoteFollowing(ApiClient api, Interruption interruption, bool isOurs)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <returns>The run as it ended; null when it was left running.</returns>
    public async Task<RunState?> ToEndAsync(RunId run)
    {
        using var end = new CancellationTokenSource();
        var mirror = new RunMirror(RunState.Initial(run));
        var enough = isOurs ? interruption.Forced : interruption.Asked;
        await using var asked = interruption.ByPerson.Register(() => _ = isOurs ? CancelAsync(mirror) : Task.CompletedTask);
        var showing = Task.CompletedTask;
        try
        {
            await foreach (var state in new RemoteRuns(api).FollowAsync(run, enough))
            {
                mirror.Follow(state);
                showing = showing == Task.CompletedTask ? StageOf(run, mirror).ShowAsync(end.Token) : showing;
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

    private Stage StageOf(RunId run, RunMirror mirror)
    {
        var named = Environment.GetEnvironmentVariable(ServerOptions.AddressVariable);
        var place = string.IsNullOrEmpty(named) ? $"--server {api.Server.OriginalString}" : "";
        return new Stage(mirror, new FamilyQuestions(new RemoteQuestions(api), run), place)
        {
            Answer = isOurs ? new RemoteInquiries(api).RefusalOfAsync : null,
            Look = BetweenLooks,
        };
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
