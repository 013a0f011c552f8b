using Executor.Core;

namespace Executor.Host.Api.Access;

internal static class RouteRules
{
    /// <summary>A route that only shows something.</summary>
    public static T Shows<T>(this T route, Role role)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Needs(role)).RequireRateLimiting(Limits.Reads);

    /// <summary>A route that changes something: audited.</summary>
    public static RouteHandlerBuilder Changes(this RouteHandlerBuilder route, Role role, string limit) => route
        .WithMetadata(new Needs(role))
        .RequireRateLimiting(limit)
        .AddEndpointFilter((call, next) =>
            call.HttpContext.RequestServices.GetRequiredService<Auditing>().AroundAsync(call, next));

    /// <summary>A route for anybody, known or not.</summary>
    public static T ForAnybody<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Needs(null));
}
