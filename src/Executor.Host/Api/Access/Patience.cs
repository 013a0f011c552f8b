using System.Globalization;
using Executor.Host.Api.Problems;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Executor.Host.Api.Access;

/// <summary>How long a call may take; a stream says with <c>DisableRequestTimeout</c> that it has no end.</summary>
/// <remarks>A run that nobody can read answers nobody, and each call that waits for it holds one of the places for all.</remarks>
internal static class Patience
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddPatience(this IServiceCollection services, TimeSpan longest) =>
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = longest,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = context => ProblemWriter.WriteAsync(context, TooLong(longest)),
        });

    private static ApiProblem TooLong(TimeSpan longest) => ApiProblem.Unavailable(
        "api.timeout",
        string.Create(
            CultureInfo.InvariantCulture,
            $"There was no answer within {longest.TotalSeconds:0.###} s. What was asked for may have happened all the same."));
}
