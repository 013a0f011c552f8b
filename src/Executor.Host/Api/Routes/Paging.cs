using Executor.Host.Api.Problems;

namespace Executor.Host.Api.Routes;

internal static class Paging
{
    /// <exception cref="ApiProblem">Not from 1 to <paramref name="most"/>.</exception>
    public static int Limit(int wanted, int most) => wanted >= 1 && wanted <= most
        ? wanted
        : throw ApiProblem.BadRequest("api.limit", $"limit is {wanted}; expected 1 to {most}.");
}
