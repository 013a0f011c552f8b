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
        var mirror = new RunMirror(RunState.Initial(run), audience);
        await using var asked = interruption.ByPerson.Register(() => _ = CancelAsync(
            mirror, stop => node.Engine.CancelAsync(run, "interrupted", stop), interruption.Forced));
        var showing = Task.CompletedTask;
        try
        {
            await foreach (var advanced in node.Engine.WatchAsync(run, interruption.Forced))
            {
                mirror.Follow(advanced.State);
                showing = showing == Task.CompletedTask ? StageOf(run, mirror).ShowAsync(end.Token) : showing;
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

    private Stage StageOf(RunId run, RunMirror mirror)
    {
        var place = Path.GetFullPath(".executor") == node.DataPath ? "" : $"--data {node.DataPath}";
        return new Stage(mirror, new FamilyQuestions(new LocalQuestions(node.Stores), run), place)
        {
            Answer = async (row, response, stop) =>
                (await node.Engine.AnswerAsync(row.Run, row.Slot, response, Environment.UserName, stop)).Refusal?.Message,
        };
    }

    /// <summary>Nobody awaits it: whatever becomes of it is told to the person who asked.</summary>
    internal static async Task CancelAsync(
        RunMirror mirror, Func<CancellationToken, Task> cancel, CancellationToken forced)
    {
        mirror.Tell("asked the run to cancel; again leaves it for resume");
        try
        {
            await cancel(forced);
        }
        catch (OperationCanceledException) when (forced.IsCancellationRequested)
        {
            // Asked twice: the run is left as it is.
        }
        catch (Exception fault)
        {
            mirror.Tell($"the run could not be asked to cancel: {fault.Message}");
        }
    }
}
