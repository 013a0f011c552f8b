using Executor.Chaos.Evidences;
using Executor.Core.Tests.Reference;

namespace Executor.Chaos.Checks;

/// <summary>The second interpreter goes the same way as each run.</summary>
internal static class ReferenceChecks
{
    public static IEnumerable<string> SameAsReference(Evidence evidence) =>
        from journal in evidence.Journals
        let difference = Retelling.Difference(
            [.. journal.Events.Select(one => one.Event)], journal.StateAt(long.MaxValue))
        where difference is not null
        select $"{journal.Run}: {difference}";
}
