using System.Security.Cryptography;
using System.Text;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Reference;

/// <summary>How much of its jitter a wait gets: no chance, for a decision that is made again must be the same.</summary>
internal static class Jitter
{
    /// <param name="ended">The attempt that is to be repeated.</param>
    /// <returns>From -1 to 1.</returns>
    public static double Share(RunId run, Slot ended)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{run.Text}/{ended}/jitter"));
        var first = hash.Take(4).Aggregate(0u, (number, next) => (number << 8) | next);
        return (first / (double)uint.MaxValue * 2) - 1;
    }
}
