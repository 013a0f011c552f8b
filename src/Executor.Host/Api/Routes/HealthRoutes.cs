using Executor.Host.Api.Access;
using Executor.Host.Serving;

namespace Executor.Host.Api.Routes;

/// <summary>For whoever supervises the process and whoever sends it traffic.</summary>
internal static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Ok(new { status = "alive" })).ForAnybody()
            .WithSummary("Whether the process answers at all; looks at nothing else.");
        routes.MapGet("/health/ready", ReadyAsync).ForAnybody()
            .WithSummary("Whether this node can take calls: member of the cluster, storage and broker in reach.");
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken stop)
    {
        var found = await readiness.LookAsync(stop);
        return Results.Json(found, statusCode: found.IsReady ? 200 : StatusCodes.Status503ServiceUnavailable);
    }
}
