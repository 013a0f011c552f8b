using Executor.Chaos.Evidences;

namespace Executor.Chaos.Checks;

/// <summary>Processes at rest against processes that have just warmed up.</summary>
internal static class ResourceChecks
{
    private const long FreeBytes = 96L << 20;
    private const int FreeHandles = 40;

    public static IEnumerable<string> NoGrowth(Evidence evidence)
    {
        var before = evidence.AfterWarmUp.ToLookup(one => KindOf(one.Process));
        foreach (var now in evidence.AtRest)
        {
            var then = before[KindOf(now.Process)].ToList();
            if (then.Count == 0)
            {
                continue;
            }

            var bytes = (then.Max(one => one.ResidentBytes) * 13 / 10) + FreeBytes;
            if (now.ResidentBytes > bytes)
            {
                yield return $"{now.Process} holds {now.ResidentBytes >> 20} MiB at rest; {bytes >> 20} are allowed";
            }

            var descriptors = (then.Max(one => one.Descriptors) * 12 / 10) + FreeHandles;
            if (now.Descriptors > descriptors)
            {
                yield return $"{now.Process} holds {now.Descriptors} descriptors at rest; {descriptors} are allowed";
            }

            var threads = (then.Max(one => one.Threads) * 12 / 10) + FreeHandles;
            if (now.Threads > threads)
            {
                yield return $"{now.Process} holds {now.Threads} threads at rest; {threads} are allowed";
            }
        }
    }

    /// <summary>As <c>node</c> of <c>node3</c>, <c>shell.w</c> of <c>shell.w1</c>.</summary>
    private static string KindOf(string process) => process.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
}
