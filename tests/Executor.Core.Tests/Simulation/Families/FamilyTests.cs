using Xunit.Abstractions;

namespace Executor.Core.Tests.Simulation.Families;

/// <summary>
/// Runs that call runs, in a world where nodes die, answers get lost and runs move at any step: each call is one run, each
/// end is heard, and nothing is left behind.
/// </summary>
public sealed class FamilyTests(ITestOutputHelper output)
{
    private const int Worlds = 1_000;
    private const int MostWorldsForAFlaw = 20_000;

    /// <summary>Where they were found; those that the first worlds show are left out.</summary>
    private static readonly Dictionary<FamilyFlaw, int> Found = new()
    {
        [FamilyFlaw.QuestionKnownAtOnce] = 4_907,
        [FamilyFlaw.CallKnownAtOnce] = 251,
    };

    public static TheoryData<string> Flaws =>
        new(Enum.GetNames<FamilyFlaw>().Where(name => name != nameof(FamilyFlaw.None)));

    /// <remarks>More, and others, with <c>FAMILY_WORLDS</c>, <c>FAMILY_SEED</c> and <c>FAMILY_FROM</c>.</remarks>
    [Fact]
    public void No_call_is_lost_and_none_is_made_twice()
    {
        var worlds = Number("FAMILY_WORLDS", Worlds);
        var seed = (ulong)Number("FAMILY_SEED", 1);
        var (runs, steps, faults) = (0L, 0L, 0L);
        var from = Number("FAMILY_FROM", 0);
        for (var number = from; number < from + worlds; number++)
        {
            var world = new FamilyWorld((seed * 1_000_003) + (ulong)number, FamilyFlaw.None);
            try
            {
                world.Play();
            }
            catch (Exception wrong)
            {
                Assert.Fail($"World {number} of seed {seed}, step {world.Steps}: {wrong}\n{world.Text}");
            }

            (runs, steps, faults) = (runs + world.Runs.Count(), steps + world.Steps, faults + world.Faults);
        }

        output.WriteLine($"{worlds} worlds, {runs} runs, {steps} steps, {faults} faults");
        Assert.True(runs > worlds && faults > worlds);
    }

    /// <remarks>The search begins where the fault is known to show; when the worlds have changed, it goes on from there.</remarks>
    [Theory]
    [MemberData(nameof(Flaws))]
    public void A_planted_fault_is_found(string name)
    {
        var flaw = Enum.Parse<FamilyFlaw>(name);
        var from = Found.GetValueOrDefault(flaw);
        for (var number = from; number < from + MostWorldsForAFlaw; number++)
        {
            try
            {
                new FamilyWorld(1_000_003 + (ulong)number, flaw).Play();
            }
            catch (FamilyViolation found)
            {
                output.WriteLine($"world {number}: {found.Message}");
                return;
            }
        }

        Assert.Fail($"{name} was not found in {MostWorldsForAFlaw} worlds.");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}
