using Executor.Core;
using Executor.Host.Api.Problems;

namespace Executor.Host.Api.Access;

/// <summary>What a route asks of its caller.</summary>
/// <param name="Role">Null: anybody may come, known or not.</param>
internal sealed record Needs(Role? Role);

/// <summary>Lets in who may come in; a route that says nothing about it is shut.</summary>
internal sealed class Door(RequestDelegate next, KeyRing? ring, Auditing audit)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is { } endpoint && !IsOfRouting(endpoint))
        {
            var needs = endpoint.Metadata.GetMetadata<Needs>()
                ?? throw new InvalidOperationException($"Route {endpoint.DisplayName} does not say who may use it.");
            if (needs.Role is { } role && await DenialAsync(context, role) is { } denial)
            {
                await audit.DeniedAsync(context, denial.Code);
                if (denial.Status == StatusCodes.Status401Unauthorized)
                {
                    context.Response.Headers.WWWAuthenticate = "Bearer";
                }

                throw denial;
            }
        }

        await next(context);
    }

    /// <summary>
    /// What routing itself answers where an address takes another method, or another type of content: it is at no route
    /// and knows nothing of any, as opposed to a route of ours that says too little.
    /// </summary>
    private static bool IsOfRouting(Endpoint endpoint) => endpoint is not RouteEndpoint && endpoint.Metadata.Count == 0;

    private async ValueTask<ApiProblem?> DenialAsync(HttpContext context, Role role)
    {
        if (ring is null)
        {
            Principal.Local.Become(context);
            return LocalCalls.DenialOf(context.Request);
        }

        var header = context.Request.Headers.Authorization.ToString();
        var principal = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? await ring.PrincipalOfAsync(header[Scheme.Length..].Trim(), context.RequestAborted)
            : null;
        if (principal is null)
        {
            return new ApiProblem(
                StatusCodes.Status401Unauthorized, "access.unknown",
                "A valid key is needed, as: Authorization: Bearer ex_key_…");
        }

        principal.Become(context);
        return principal.Role >= role
            ? null
            : new ApiProblem(
                StatusCodes.Status403Forbidden, "access.denied",
                $"This needs the role {Word(role)}; the key has {Word(principal.Role)}.");
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();
}
