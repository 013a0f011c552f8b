using Executor.Actors;
using Executor.Actors.Cluster;
using Executor.Core;
using Executor.Host.Api.Access;
using Executor.Host.Api.Shapes;
using Executor.Host.Serving;

namespace Executor.Host.Api.Routes;

/// <summary>For operators: who is there.</summary>
internal static class ClusterRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cluster", Show).Shows(Role.Viewer)
            .WithSummary("The cluster as this node sees it; without a cluster no members.");
        routes.MapGet("/workers", Workers).Shows(Role.Viewer)
            .WithSummary("The workers that this node hears of: alive, late, or gone for up to an hour.");
        routes.MapGet("/audit", AuditAsync).Shows(Role.Admin)
            .WithSummary("What was changed, or tried to be, and by whom; newest first.");
    }

    private static ClusterView Show(ExecutorSystem engine) => engine.Cluster ?? new ClusterView("none", null, []);

    private static WorkerList Workers(ExecutorSystem engine) => new([.. engine.Workers.Select(WorkerBody.Of)]);

    private static Task<IReadOnlyList<AuditRow>> AuditAsync(Stores stores, CancellationToken stop, int limit = 50) =>
        stores.Audit.LatestAsync(Paging.Limit(limit, 1_000), stop);
}
