using Executor.Actors;
using Executor.Actors.Journal;
using Executor.Core;
using Executor.Core.Runs;
using Executor.Host.Api.Access;
using Executor.Host.Api.Problems;
using Executor.Host.Api.Shapes;
using Executor.Host.Local;
using Executor.Host.Serving;

namespace Executor.Host.Api.Routes;

/// <summary>Why the tasks of a run ran, did not run, wait or failed.</summary>
internal static class ExplanationRoutes
{
    /// <summary>Entries that one call folds; the command line folds longer journals on its own machine.</summary>
    private const int MostEntries = 50_000;

    private static readonly JournalCodec Codec = new();

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/runs/{id}/explanation", ExplainAsync).Shows(Role.Viewer)
            .WithSummary("Says in sentences why the tasks of a run, or one of them, ran, did not run, wait or failed.");

    private static async Task<ExplanationBody> ExplainAsync(
        string id, ExecutorSystem engine, Stores stores, CancellationToken stop, string? task = null)
    {
        var run = (await RunRoutes.FindAsync(id, engine, stop)).View.Id;
        var entries = new List<IReadOnlyList<RunEvent>>();
        await foreach (var row in stores.Journal.EntriesAsync(JournalCodec.IdOf(run), after: 0, stop))
        {
            if (entries.Count == MostEntries)
            {
                throw new ApiProblem(
                    StatusCodes.Status422UnprocessableEntity, "run.too-long",
                    $"Run {run} has more than {MostEntries} journal entries.");
            }

            entries.Add(Codec.Read(row).Events);
        }

        var sentences = await Hindsight.OfAsync(
            run, entries, task, result => HistoryRoutes.ResultAsync(result.Id, stores, stop)) ?? throw ApiProblem.NotFound(
            "task.none", $"The workflow of run '{run}' has no task '{task}'.");
        return new ExplanationBody([.. sentences.Select(SentenceBody.Of)]);
    }
}
