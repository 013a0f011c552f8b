using Executor.Chaos.Checks;
using Executor.Chaos.Tests.Sound;

namespace Executor.Chaos.Tests;

/// <summary>One thing is wrong in what was sound: the check that watches over it must say so.</summary>
public sealed class ViolationTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (invariant, what) in Wrongs.All.Keys)
            {
                cases.Add(invariant, what);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_wrong_is_found(string invariant, string what)
    {
        var violations = AllChecks.Run(Wrongs.All[(invariant, what)](SoundEvidence.Make()));

        Assert.Contains(violations, violation => violation.Invariant == invariant
            && !violation.Message.StartsWith(AllChecks.CannotBeChecked, StringComparison.Ordinal));
    }
}
