using System.Globalization;
using System.Threading.RateLimiting;
using Executor.Host.Api.Problems;

namespace Executor.Host.Api.Access;

/// <summary>How many calls one caller, and all together, may make.</summary>
internal static class Limits
{
    /// <summary>Of the policy for reading: 50 calls a second, 100 at once.</summary>
    public const string Reads = "reads";

    /// <summary>Of the policy for starting and steering runs: 20 a second, 100 at once.</summary>
    public const string Starts = "starts";

    /// <summary>Of the policy for storing definitions: 2 a second, 20 at once.</summary>
    public const string Definitions = "definitions";

    private const int AtATime = 256;

    public static IServiceCollection AddLimits(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.AddPolicy(Reads, context => Bucket(context, Reads, perSecond: 50, atOnce: 100));
        limits.AddPolicy(Starts, context => Bucket(context, Starts, perSecond: 20, atOnce: 100));
        limits.AddPolicy(Definitions, context => Bucket(context, Definitions, perSecond: 2, atOnce: 20));
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            // Streams live for hours and do nothing meanwhile.
            context.Request.Path.Value?.EndsWith("/events", StringComparison.Ordinal) == true
                ? RateLimitPartition.GetNoLimiter("streams")
                : RateLimitPartition.GetConcurrencyLimiter(
                    "all", _ => new ConcurrencyLimiterOptions { PermitLimit = AtATime, QueueLimit = AtATime }));
        limits.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
                ? (int)Math.Ceiling(after.TotalSeconds)
                : 1;
            var problem = new ApiProblem(
                StatusCodes.Status429TooManyRequests, "api.too-many",
                string.Create(CultureInfo.InvariantCulture, $"Too many calls; try again in {wait} s."))
            {
                RetryAfter = wait,
            };
            await ProblemWriter.WriteAsync(rejected.HttpContext, problem);
        };
    });

    private static RateLimitPartition<string> Bucket(HttpContext context, string policy, int perSecond, int atOnce)
    {
        var who = context.Items.TryGetValue(typeof(Principal), out var known) && known is Principal principal
            ? principal.Name
            : context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        return RateLimitPartition.GetTokenBucketLimiter($"{policy}/{who}", _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = atOnce,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        });
    }
}
