using Executor.Actors;
using Executor.Core;
using Executor.Host.Api.Access;
using Executor.Host.Api.Problems;
using Executor.Host.Api.Shapes;
using Executor.Host.Local;
using Executor.Host.Serving;

namespace Executor.Host.Api.Routes;

/// <summary>Why the tasks of a run ran, did not run, wait or failed.</summary>
internal static class ExplanationRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/runs/{id}/explanation", ExplainAsync).Shows(Role.Viewer)
            .WithSummary("Says in sentences why the tasks of a run, or one of them, ran, did not run, wait or failed.");

    private static async Task<ExplanationBody> ExplainAsync(
        string id, ExecutorSystem engine, Stores stores, CancellationToken stop, string? task = null)
    {
        var run = (await RunRoutes.FindAsync(id, engine, stop)).View.Id;
        var entries = await RunEntries.ReadAsync(run, long.MaxValue, stores, stop);
        var sentences = await Hindsight.OfAsync(
            run, entries, task, result => HistoryRoutes.ResultAsync(result.Id, stores, stop))
            ?? throw ApiProblem.NotFound("task.none", TaskNames.MistakeOf(await RunEntries.BegunAsync(run, stores, stop), task!)!);
        return new ExplanationBody([.. sentences.Select(SentenceBody.Of)]);
    }
}
