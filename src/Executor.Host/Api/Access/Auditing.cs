using Executor.Core;
using Executor.Host.Api.Problems;

namespace Executor.Host.Api.Access;

/// <summary>One row for each changing call, accepted or denied, written before its answer.</summary>
internal sealed class Auditing(IAudit audit, TimeProvider clock)
{
    private const string ObjectItem = "audit.object";

    /// <summary>What the call turned out to be about.</summary>
    public static void About(HttpContext context, string what) => context.Items[ObjectItem] = what;

    public async Task DeniedAsync(HttpContext context, string code)
    {
        if (IsChanging(context))
        {
            await WriteAsync(context, code);
        }
    }

    /// <summary>A filter of every changing route.</summary>
    public async ValueTask<object?> AroundAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            var answer = await next(call);
            await WriteAsync(call.HttpContext, "accepted");
            return answer;
        }
        catch (ApiProblem problem)
        {
            await WriteAsync(call.HttpContext, problem.Code);
            throw;
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or it took too long; it may have happened all the same.
            await WriteAsync(call.HttpContext, "unknown");
            throw;
        }
    }

    private static bool IsChanging(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);

    private Task WriteAsync(HttpContext context, string outcome)
    {
        var who = context.Items.TryGetValue(typeof(Principal), out var known) ? ((Principal)known!).Name : "anonymous";
        return audit.AppendAsync(
            new AuditRow(
                clock.GetUtcNow(), who, context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                context.TraceIdentifier, $"{context.Request.Method} {RouteOf(context)}",
                context.Items[ObjectItem] as string ?? context.Request.Path, outcome),
            CancellationToken.None);
    }

    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path;
}
