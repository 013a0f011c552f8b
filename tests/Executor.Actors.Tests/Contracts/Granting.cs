using Executor.Core;
using Executor.Core.Messages;

namespace Executor.Actors.Tests.Contracts;

internal static class Granting
{
    /// <summary>For tests that ask only whether a claim is granted.</summary>
    public static async Task<IReadOnlyList<bool>> GrantsAsync(
        this IDispatchGuard guard, IReadOnlyList<Claim> batch, TimeSpan lease, CancellationToken stop) =>
        [.. (await guard.ClaimAsync(batch, lease, stop)).Select(verdict => verdict.IsGranted)];
}
