using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Executor.Core.Workflows;
using Executor.Host.Api.Access;
using Executor.Host.Api.Problems;

namespace Executor.Host.Api.Calls;

/// <summary>
/// What stands behind the question mark of a call: only what its route knows, each once, and as it is expected. A name
/// that is merely passed over would change what the answer means.
/// </summary>
internal sealed class QueryCheck(RequestDelegate next, Auditing audit)
{
    private readonly ConcurrentDictionary<Endpoint, IReadOnlyDictionary<string, Type>> _known = new();

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is RouteEndpoint route && route.Metadata.GetMetadata<MethodInfo>() is { } handler
            && MistakeOf(context.Request.Query, _known.GetOrAdd(route, _ => KnownTo(route, handler))) is { } mistake)
        {
            var problem = ApiProblem.BadRequest("api.query", mistake);
            await audit.DeniedAsync(context, problem.Code);
            throw problem;
        }

        await next(context);
    }

    private static Dictionary<string, Type> KnownTo(RouteEndpoint route, MethodInfo handler) => handler.GetParameters()
        .Where(parameter => route.RoutePattern.GetParameter(parameter.Name!) is null)
        .Select(parameter => (parameter.Name, Type: Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType))
        .Where(parameter => Expected(parameter.Type) is not null)
        .ToDictionary(parameter => parameter.Name!, parameter => parameter.Type, StringComparer.OrdinalIgnoreCase);

    /// <returns>Null when there is none.</returns>
    private static string? MistakeOf(IQueryCollection given, IReadOnlyDictionary<string, Type> known)
    {
        foreach (var (name, values) in given)
        {
            if (!known.TryGetValue(name, out var type))
            {
                return Unknown(name, known.Keys);
            }

            if (values.Count > 1)
            {
                return $"'{name}' is given {values.Count} times; expected once.";
            }

            if (!Fits(values.ToString(), type))
            {
                return $"'{name}' is '{values}'; expected {Expected(type)}.";
            }
        }

        return null;
    }

    private static string Unknown(string name, IEnumerable<string> known)
    {
        var hint = new NearestName().To(name, known) is { } near ? $" Did you mean '{near}'?" : "";
        var list = string.Join(", ", known.Order(StringComparer.Ordinal));
        return $"There is no query parameter '{name}' here.{hint} "
            + (list.Length == 0 ? "This address takes none." : $"Known are: {list}.");
    }

    private static bool Fits(string text, Type type) => type switch
    {
        _ when type == typeof(int) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        _ when type == typeof(long) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        _ when type == typeof(bool) => bool.TryParse(text, out _),
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        _ => true,
    };

    /// <returns>Null for what is no query parameter.</returns>
    private static string? Expected(Type type) => type switch
    {
        _ when type == typeof(string) => "a text",
        _ when type == typeof(int) || type == typeof(long) => "a whole number, as 50",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(DateTimeOffset) => "a time, as 2026-01-31T12:00:00Z",
        _ => null,
    };
}
