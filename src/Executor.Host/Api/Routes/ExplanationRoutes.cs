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
            .WithSummary("Says in sentences why the tasks of a run ran, did not run, wait or failed; with task, why one of them did, by its "
                + "latest visits; with visit, too, by that one.");

    private static async Task<ExplanationBody> ExplainAsync(
        string id, ExecutorSystem engine, Stores stores, CancellationToken stop, string? task = null, int? visit = null)
    {
        if (visit is not null && task is null)
        {
            throw ApiProblem.BadRequest("api.query", "'visit' is one of a task; give 'task', too.");
        }

        var run = (await RunRoutes.FindAsync(id, engine, stop)).View.Id;
        var entries = await RunEntries.ReadAsync(run, long.MaxValue, stores, stop);
        var sentences = await Hindsight.OfAsync(
            run, entries, task, visit, result => HistoryRoutes.ResultAsync(result.Id, stores, stop));
        if (sentences is { } told)
        {
            return new ExplanationBody([.. told.Select(SentenceBody.Of)]);
        }

        var (code, mistake) = Hindsight.MistakeOf(run, entries, task!, visit);
        throw ApiProblem.NotFound(code, mistake);
    }
}
